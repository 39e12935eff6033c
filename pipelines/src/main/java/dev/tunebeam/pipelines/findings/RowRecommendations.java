package dev.tunebeam.pipelines.findings;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.yaml.DashedNames;
import dev.tunebeam.transforms.inspect.Inspection;
import dev.tunebeam.transforms.inspect.RejectionKind;
import dev.tunebeam.transforms.inspect.Tally;
import dev.tunebeam.transforms.normalize.dialect.UnknownKeys;
import dev.tunebeam.transforms.row.Reason;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Recommendations that repair rows: keys to drop, answers to leave out, texts that stand for null,
 * labels to bring together. Pure functions.
 *
 * @param corpus the inspected corpus
 */
record RowRecommendations(Corpus corpus) {

  private static final String MAP = "map";
  private static final String WHERE = "where";
  private static final String NULL_VALUES = "nullValues";

  /** What pandas shows for a missing value. Not NA, null or None, which may be labels. */
  private static final Set<String> NULLS = Set.of("NaN", "<NA>");

  /** The start of the messages of rows with keys that the training APIs do not know. */
  private static final String UNKNOWN_KEY = "message # has the unknown key";

  /** Recommends to drop the keys that cost rows. */
  @Nullable Recommendation unknownKeys() {
    long rows = withUnknownKeys(corpus.inspection());
    return rows == 0 || corpus.recipe().map().unknownKeys() != null
        ? null
        : new Recommendation(
            "Drop the keys of messages that the training API does not know",
            "%s rejected for such a key".formatted(Figures.counted(rows, "row is", "rows are")),
            Map.of(MAP, Map.of("unknownKeys", DashedNames.of(UnknownKeys.DROP))));
  }

  /** Recommends to leave out the answers that the rows label as bad, as KTO data has them. */
  @Nullable Recommendation goodAnswers() {
    long rows = unwanted(corpus.inspection());
    if (rows == 0 || corpus.recipe().where() != null) {
      return null;
    }
    Set<String> fields = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    corpus.inspection().rows().fields().inOrder().forEach(field -> fields.add(field.getKey()));
    String label = fields.contains("kto_tag") ? "kto_tag" : "label";
    return new Recommendation(
        "Learn only from the answers labelled as good",
        "%s labelled as bad; no provider here trains with KTO, and other methods would learn them"
            .formatted(Figures.counted(rows, "answer is", "answers are")),
        Map.of(WHERE, label + " != false"));
  }

  /** Recommends to read answers that stand for a missing value as null. */
  @Nullable Recommendation nulls() {
    SortedMap<String, Long> answers = corpus.inspection().answers().answers();
    List<String> found = answers.keySet().stream().filter(NULLS::contains).toList();
    long rows = nullAnswers(corpus.inspection());
    return found.isEmpty() || corpus.recipe().nullValues() != null
        ? null
        : new Recommendation(
            "Read %s as a missing value".formatted(String.join(", ", found)),
            "%s nothing else, as programs write it for no value; these rows are then rejected"
                .formatted(Figures.counted(rows, "answer is", "answers are")),
            Map.of(NULL_VALUES, found));
  }

  /** Recommends one name for classes that differ only in case or whitespace. */
  @Nullable Recommendation labels() {
    Map<String, String> names = variants(corpus.classes().counts());
    return names.isEmpty() || corpus.recipe().labels() != null
        ? null
        : new Recommendation(
            "Bring together the classes that differ only in case or whitespace",
            "%s another name for a class with more examples"
                .formatted(Figures.counted(names.size(), "class is", "classes are")),
            Map.of("labels", names));
  }

  /** For each variant of a class the name of the most frequent one. */
  private static Map<String, String> variants(SortedMap<String, Long> classes) {
    Map<String, List<String>> groups = new TreeMap<>();
    classes
        .keySet()
        .forEach(name -> groups.computeIfAbsent(plain(name), key -> new ArrayList<>()).add(name));
    Map<String, String> names = new TreeMap<>();
    for (List<String> group : groups.values()) {
      String most =
          group.stream()
              .max(
                  Comparator.<String>comparingLong(name -> classes.getOrDefault(name, 0L))
                      .thenComparing(Comparator.reverseOrder()))
              .orElseThrow();
      group.stream().filter(name -> !name.equals(most)).forEach(name -> names.put(name, most));
    }
    return names;
  }

  private static String plain(String name) {
    return Whitespace.strip(Whitespace.collapse(Normalizer.normalize(name, Normalizer.Form.NFKC)))
        .toLowerCase(Locale.ROOT);
  }

  private static long withUnknownKeys(Inspection inspection) {
    long rows = 0;
    for (Map.Entry<RejectionKind, Tally> kind : inspection.rejections().entrySet()) {
      boolean fits =
          kind.getKey().reason() == Reason.BAD_MESSAGES
              && kind.getKey().pattern().startsWith(UNKNOWN_KEY);
      rows += fits ? kind.getValue().count() : 0;
    }
    return rows;
  }

  private static long unwanted(Inspection inspection) {
    return inspection.summary().rejected().getOrDefault(Reason.UNWANTED_ANSWER, 0L);
  }

  private static long nullAnswers(Inspection inspection) {
    return inspection.answers().answers().entrySet().stream()
        .filter(answer -> NULLS.contains(answer.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
