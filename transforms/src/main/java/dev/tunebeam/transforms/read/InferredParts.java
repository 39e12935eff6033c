package dev.tunebeam.transforms.read;

import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.transforms.read.input.InputFile;
import dev.tunebeam.transforms.read.input.InputFormat;
import dev.tunebeam.transforms.read.input.ReadOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Puts into words what was concluded from the content of files, a sentence a setting. */
final class InferredParts {

  private static final int FILES_SHOWN = 5;

  private InferredParts() {}

  static SortedMap<String, String> of(
      List<InputFile> files, ReadOptions options, UnaryOperator<String> names) {
    SortedMap<String, String> inferred = new TreeMap<>();
    if (options.format() == InputFormat.AUTO) {
      put(inferred, "inputFormat", files, names, InferredParts::format);
    }
    put(inferred, "fieldSeparator", files, names, file -> reason(file, InputFormat.CSV));
    put(inferred, "rows", files, names, file -> reason(file, InputFormat.JSON));
    put(inferred, "sheet", files, names, file -> reason(file, InputFormat.XLSX));
    return inferred;
  }

  /** Of a name that says JSON both kinds are expected. */
  private static String format(InputFile file) {
    InputFormat named = FileNames.format(file.path());
    boolean said = named == file.format() || named == InputFormat.JSON;
    return said ? "" : file.format().name().toLowerCase(Locale.ROOT) + ", by its content";
  }

  private static String reason(InputFile file, InputFormat format) {
    return file.format() == format ? file.why() : "";
  }

  private static void put(
      SortedMap<String, String> inferred,
      String key,
      List<InputFile> files,
      UnaryOperator<String> names,
      Function<InputFile, String> reason) {
    List<String> reasons = new ArrayList<>();
    for (InputFile file : files) {
      String why = reason.apply(file);
      if (!why.isEmpty()) {
        reasons.add(names.apply(file.path()) + ": " + why);
      }
    }
    if (!reasons.isEmpty()) {
      int more = reasons.size() - FILES_SHOWN;
      inferred.put(
          key,
          String.join("; ", reasons.subList(0, Math.min(FILES_SHOWN, reasons.size())))
              + (more > 0 ? "; and " + Figures.counted(more, "more file", "more files") : ""));
    }
  }
}
