package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.DashedNames;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.pipelines.recipe.Recipe;
import dev.tunebeam.transforms.normalize.dialect.DetectedShape;
import dev.tunebeam.transforms.normalize.dialect.Dialect;
import dev.tunebeam.transforms.normalize.dialect.FieldMapping;
import dev.tunebeam.transforms.normalize.dialect.Shape;
import dev.tunebeam.transforms.normalize.dialect.ShapeDetector;
import dev.tunebeam.transforms.read.InputFiles;
import dev.tunebeam.transforms.row.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the first rows of each file look like, and what follows from it for the job. Holds the first
 * rows of a few files.
 *
 * @param files one for each file of the input, by its index
 * @param rows the first rows of the first files
 */
record InputShapes(List<DetectedShape> files, FirstRows rows) {

  private static final int FILES_NAMED = 3;

  /**
   * Looks into the files.
   *
   * @throws IllegalArgumentException if the mapping does not go with the dialect
   */
  static InputShapes of(Recipe recipe, InputFiles input) {
    ShapeDetector detector = new ShapeDetector(recipe.dialect(), recipe.map().forRows());
    List<@Nullable DetectedShape> files = new ArrayList<>();
    List<List<Row>> kept = new ArrayList<>();
    for (int file = 0; file < input.files().size(); file++) {
      List<Row> rows = FirstRows.of(input, file);
      files.add(rows.isEmpty() ? null : detector.detect(rows));
      if (file < FirstRows.FILES) {
        kept.add(rows);
      }
    }
    // A file without rows is no other dialect: it goes with the first that has some.
    DetectedShape some =
        files.stream()
            .filter(file -> file != null)
            .findFirst()
            .orElseGet(() -> detector.detect(List.of()));
    return new InputShapes(
        files.stream().map(file -> file == null ? some : file).toList(), new FirstRows(kept));
  }

  /** The shape of each file. */
  List<Shape> shapes() {
    return files.stream().map(DetectedShape::shape).toList();
  }

  /** The lines that come closest to the rows. */
  Format format() {
    long pairs = files.stream().filter(file -> file.format() == Format.PREFERENCE).count();
    if (pairs * 2 > files.size()) {
      return Format.PREFERENCE;
    }
    // Chat holds all that completion does.
    return files.stream().anyMatch(file -> file.format() == Format.CHAT)
        ? Format.CHAT
        : Format.COMPLETION;
  }

  /** Whether the answers of all files stand in fields that are called as classes are. */
  boolean nameClasses() {
    return files.stream().allMatch(DetectedShape::namesClasses);
  }

  /** Whether there are rows and none has a prompt. */
  boolean haveNoPrompt() {
    return rows.haveNoPrompt(shapes());
  }

  /** Whether the rows of a file with two answers or of turns are among others. */
  private boolean agree() {
    return files.stream().map(DetectedShape::shape).distinct().count() == 1;
  }

  /** The one dialect of all files that was concluded; null where it was not, or differs. */
  @Nullable Dialect dialect() {
    return agree() && !files.get(0).because().isEmpty() ? files.get(0).shape().dialect() : null;
  }

  /** The mapping of all files; null where they differ. */
  @Nullable FieldMapping mapping() {
    return agree() ? files.get(0).shape().mapping() : null;
  }

  /** What was concluded, by the recipe's key. */
  Map<String, String> inferred(Recipe recipe, List<String> names) {
    Map<String, String> inferred = new LinkedHashMap<>();
    if (recipe.dialect() == Dialect.AUTO
        && files.stream().anyMatch(file -> !file.because().isEmpty())) {
      inferred.put("dialect", dialects(names));
    }
    if (!recipe.map().forRows().hasTemplates()) {
      template(inferred, "map.prompt", names, "what is asked", FieldMapping::prompt);
      template(inferred, "map.completion", names, "what is answered", FieldMapping::completion);
      if (recipe.map().forRows().system() == null) {
        template(inferred, "map.system", names, "the system message", FieldMapping::system);
      }
    }
    return inferred;
  }

  private String dialects(List<String> names) {
    Map<String, List<String>> byDialect = new LinkedHashMap<>();
    for (int i = 0; i < files.size(); i++) {
      DetectedShape file = files.get(i);
      if (!file.because().isEmpty()) {
        byDialect
            .computeIfAbsent(
                DashedNames.of(file.shape().dialect()) + ": " + file.because(),
                key -> new ArrayList<>())
            .add(names.get(i));
      }
    }
    return joined(byDialect);
  }

  private void template(
      Map<String, String> inferred,
      String key,
      List<String> names,
      String what,
      Function<FieldMapping, @Nullable String> part) {
    Map<String, List<String>> byTemplate = new LinkedHashMap<>();
    for (int i = 0; i < files.size(); i++) {
      String template = part.apply(files.get(i).shape().mapping());
      if (template != null) {
        byTemplate
            .computeIfAbsent(template + ": a usual name for " + what, t -> new ArrayList<>())
            .add(names.get(i));
      }
    }
    if (!byTemplate.isEmpty()) {
      inferred.put(key, joined(byTemplate));
    }
  }

  /** What holds for all files is said alone, the rest with the files that it holds for. */
  private String joined(Map<String, List<String>> byText) {
    if (byText.size() == 1 && byText.values().iterator().next().size() == files.size()) {
      return byText.keySet().iterator().next();
    }
    return byText.entrySet().stream()
        .map(entry -> entry.getKey() + " (" + shown(entry.getValue()) + ")")
        .collect(Collectors.joining("; "));
  }

  private static String shown(List<String> names) {
    return names.size() <= FILES_NAMED
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, FILES_NAMED))
            + " and "
            + Figures.counted(names.size() - FILES_NAMED, "more file", "more files");
  }
}
