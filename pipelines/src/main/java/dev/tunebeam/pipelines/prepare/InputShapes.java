package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Inferred;
import dev.tunebeam.dataset.yaml.DashedNames;
import dev.tunebeam.pipelines.findings.TaskInference;
import dev.tunebeam.pipelines.recipe.Recipe;
import dev.tunebeam.transforms.normalize.Normalizer;
import dev.tunebeam.transforms.normalize.dialect.DetectedShape;
import dev.tunebeam.transforms.normalize.dialect.Dialect;
import dev.tunebeam.transforms.normalize.dialect.FieldMapping;
import dev.tunebeam.transforms.normalize.dialect.FolderProposal;
import dev.tunebeam.transforms.normalize.dialect.Shape;
import dev.tunebeam.transforms.normalize.dialect.ShapeDetector;
import dev.tunebeam.transforms.read.InputFiles;
import dev.tunebeam.transforms.row.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of the input files, detected from their first rows. Holds the first rows of a few
 * files.
 *
 * @param files one per input file, by index
 * @param rows the first rows of the first files
 * @param common the mapping of all files, if they have different columns
 */
record InputShapes(List<DetectedShape> files, FirstRows rows, @Nullable FieldMapping common) {

  /**
   * Detects the shape of each file.
   *
   * @throws IllegalArgumentException if the mapping does not fit the dialect
   */
  static InputShapes of(Recipe recipe, InputFiles input) {
    ShapeDetector detector = new ShapeDetector(recipe.dialect(), recipe.map().forRows());
    List<@Nullable DetectedShape> files = new ArrayList<>();
    List<List<Row>> kept = new ArrayList<>();
    Map<Shape, Set<String>> filled = new LinkedHashMap<>();
    FolderProposal folders = new FolderProposal(recipe.map().forRows());
    for (int file = 0; file < input.files().size(); file++) {
      List<Row> rows = input.head(file);
      folders.add(rows);
      DetectedShape detected = rows.isEmpty() ? null : detector.detect(rows);
      files.add(detected);
      if (detected != null) {
        filled
            .computeIfAbsent(detected.shape(), shape -> new HashSet<>())
            .addAll(FirstRows.filled(rows));
      }
      if (file < InputFiles.WELL_KNOWN_FILES) {
        kept.add(rows);
      }
    }
    // A file without rows takes the shape of the first file that has some.
    DetectedShape ofFolders =
        recipe.dialect() == Dialect.AUTO && !recipe.map().forRows().hasTemplates()
            ? folders.shape(input.folders()).orElse(null)
            : null;
    if (ofFolders != null) {
      return new InputShapes(
          Collections.nCopies(files.size(), ofFolders), new FirstRows(kept), null);
    }
    DetectedShape some =
        files.stream()
            .filter(file -> file != null)
            .findFirst()
            .orElseGet(() -> detector.detect(List.of()));
    return new InputShapes(
        files.stream().map(file -> file == null ? some : file).toList(),
        new FirstRows(kept),
        filled.size() < 2 ? null : CommonMapping.of(filled));
  }

  /** The shape of each file. */
  List<Shape> shapes() {
    return common != null
        ? Collections.nCopies(files.size(), Shape.of(Dialect.PROMPT_COMPLETION, common))
        : files.stream().map(DetectedShape::shape).toList();
  }

  /** The output format that fits the rows best. */
  Format format() {
    long pairs = files.stream().filter(file -> file.format() == Format.PREFERENCE).count();
    if (pairs * 2 > files.size()) {
      return Format.PREFERENCE;
    }
    // Chat can hold everything that completion can.
    return files.stream().anyMatch(file -> file.format() == Format.CHAT)
        ? Format.CHAT
        : Format.COMPLETION;
  }

  /** The task that the first rows show. */
  TaskInference.OfFirstRows task(Normalizer.Settings settings) {
    if (rows.haveNoPrompt(shapes())) {
      return TaskInference.OfFirstRows.OPEN_ENDED;
    }
    if (namesFolders()) {
      return TaskInference.OfFirstRows.FOLDERS;
    }
    return files.stream().allMatch(DetectedShape::namesClasses)
        ? TaskInference.OfFirstRows.NAMED_CLASSES
        : rows.task(shapes(), settings);
  }

  /** The fields that were chosen by their values, without repetition. */
  List<Proposal> proposals() {
    return files.stream()
        .filter(DetectedShape::proposed)
        .map(
            file ->
                new Proposal(
                    "The data %s. Use these fields?".formatted(file.because()),
                    "choose the fields with --prompt='{{FIELD}}' --completion='{{FIELD}}'; the rows"
                        + " have "
                        + String.join(", ", rows.columns().keySet())))
        .distinct()
        .toList();
  }

  /** Whether the folders of the files are the classes, by inference. */
  boolean namesFolders() {
    FieldMapping mapping = files.get(0).shape().mapping();
    return files.get(0).proposed() && FolderProposal.CLASS.equals(mapping.completion());
  }

  /** Whether all files have the same shape. */
  private boolean agree() {
    return shapes().stream().distinct().count() == 1;
  }

  /** The inferred dialect of all files; null if it was not inferred, or they differ. */
  @Nullable Dialect dialect() {
    return agree() && !files.get(0).because().isEmpty() ? shapes().get(0).dialect() : null;
  }

  /** The mapping of all files; null if they differ. */
  @Nullable FieldMapping mapping() {
    return agree() ? shapes().get(0).mapping() : null;
  }

  /** What was inferred, by recipe key. */
  Map<String, List<Inferred>> inferred(Recipe recipe, List<String> names) {
    Map<String, List<Inferred>> inferred = new LinkedHashMap<>();
    if (recipe.dialect() == Dialect.AUTO) {
      put(
          inferred,
          "dialect",
          names,
          file ->
              file.because().isEmpty()
                  ? null
                  : Inferred.of(DashedNames.of(file.shape().dialect()), file.because()));
    }
    if (!recipe.map().forRows().hasTemplates()) {
      template(inferred, "map.prompt", names, "the prompt", FieldMapping::prompt);
      template(inferred, "map.completion", names, "the completion", FieldMapping::completion);
      if (recipe.map().forRows().system() == null) {
        template(inferred, "map.system", names, "the system message", FieldMapping::system);
      }
    }
    return inferred;
  }

  private void template(
      Map<String, List<Inferred>> inferred,
      String key,
      List<String> names,
      String what,
      Function<FieldMapping, @Nullable String> part) {
    put(
        inferred,
        key,
        names,
        file -> {
          String template = part.apply(file.shape().mapping());
          return template == null
              ? null
              : Inferred.of(
                  template,
                  template.equals(FolderProposal.CLASS)
                      ? FolderProposal.BECAUSE
                      : file.proposed() ? "by the values of " + what : "a common name for " + what);
        });
  }

  private void put(
      Map<String, List<Inferred>> inferred,
      String key,
      List<String> names,
      Function<DetectedShape, @Nullable Inferred> ofFile) {
    List<Inferred> byFile = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Inferred one = ofFile.apply(files.get(i));
      if (one != null) {
        byFile.add(new Inferred(one.value(), one.reason(), List.of(names.get(i))));
      }
    }
    if (!byFile.isEmpty()) {
      inferred.put(key, Inferred.grouped(byFile, files.size()));
    }
  }
}
