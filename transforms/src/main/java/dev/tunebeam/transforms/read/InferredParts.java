package dev.tunebeam.transforms.read;

import dev.tunebeam.dataset.Inferred;
import dev.tunebeam.transforms.read.input.InputFile;
import dev.tunebeam.transforms.read.input.InputFormat;
import dev.tunebeam.transforms.read.input.ReadOptions;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Collects what was inferred from the content of files, by setting. */
final class InferredParts {

  private InferredParts() {}

  static SortedMap<String, List<Inferred>> of(
      List<InputFile> files, ReadOptions options, UnaryOperator<String> names) {
    SortedMap<String, List<Inferred>> inferred = new TreeMap<>();
    if (options.format() == InputFormat.AUTO) {
      put(
          inferred,
          "inputFormat",
          files,
          names,
          file -> file.format().name().toLowerCase(Locale.ROOT),
          file -> isNamed(file) ? "" : "by its content");
    }
    put(
        inferred,
        "charset",
        files,
        names,
        InputFile::charset,
        file -> file.guessed() ? "by its content" : "");
    if (options.changes().headerRow() == 0) {
      put(
          inferred,
          "headerRow",
          files,
          names,
          file -> String.valueOf(Math.max(0, file.header())),
          file ->
              file.header() > 0
                  ? "above it is a title"
                  : file.header() == InputFile.NO_HEADER ? "the first row is data" : "");
    }
    putPart(inferred, "fieldSeparator", files, names, InputFormat.CSV);
    putPart(inferred, "rows", files, names, InputFormat.JSON);
    putPart(inferred, "sheet", files, names, InputFormat.XLSX);
    return inferred;
  }

  /** A name with json may mean both JSON formats. */
  private static boolean isNamed(InputFile file) {
    InputFormat named = FileNames.format(file.path());
    return named == file.format() || named == InputFormat.JSON;
  }

  private static void putPart(
      SortedMap<String, List<Inferred>> inferred,
      String key,
      List<InputFile> files,
      UnaryOperator<String> names,
      InputFormat format) {
    put(
        inferred,
        key,
        files,
        names,
        InputFile::part,
        file -> file.format() == format ? file.why() : "");
  }

  private static void put(
      SortedMap<String, List<Inferred>> inferred,
      String key,
      List<InputFile> files,
      UnaryOperator<String> names,
      Function<InputFile, String> value,
      Function<InputFile, String> reason) {
    List<Inferred> byFile =
        files.stream()
            .filter(file -> !reason.apply(file).isEmpty())
            .map(
                file ->
                    new Inferred(
                        value.apply(file), reason.apply(file), List.of(names.apply(file.path()))))
            .toList();
    if (!byFile.isEmpty()) {
      inferred.put(key, Inferred.grouped(byFile, files.size()));
    }
  }
}
