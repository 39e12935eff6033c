package dev.tunebeam.dataset;

import dev.tunebeam.dataset.terminal.Figures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A value that was inferred for a setting that the recipe does not set, and the reason.
 *
 * @param value as the recipe would have it
 * @param reason the evidence in the data
 * @param files the files that it was inferred for; empty for the whole input
 */
public record Inferred(String value, String reason, List<String> files) {

  private static final int FILES_SHOWN = 3;

  /** Ten thousand files may differ in ten thousand ways. */
  private static final int VALUES_SHOWN = 20;

  /** Copies. */
  public Inferred {
    files = List.copyOf(files);
  }

  /** A value for the whole input. */
  public static Inferred of(String value, String reason) {
    return new Inferred(value, reason, List.of());
  }

  /**
   * Puts files together for which the same was inferred.
   *
   * @param byFile one for each file for which there was something to infer, in order
   * @param files how many files the input has
   * @return each value and reason once; without files where it is that of the whole input
   */
  public static List<Inferred> grouped(List<Inferred> byFile, int files) {
    Map<Inferred, List<String>> groups =
        byFile.stream()
            .collect(
                Collectors.groupingBy(
                    one -> of(one.value, one.reason),
                    LinkedHashMap::new,
                    Collectors.flatMapping(one -> one.files.stream(), Collectors.toList())));
    return groups.entrySet().stream()
        .map(
            group ->
                group.getValue().size() == files
                    ? group.getKey()
                    : new Inferred(group.getKey().value, group.getKey().reason, group.getValue()))
        .toList();
  }

  /**
   * Each setting in words, by its key: {@code chat: the rows have messages (a.jsonl); …}.
   *
   * @param masked what is to be done to values and reasons, which hold data; names of files stay
   */
  public static SortedMap<String, String> texts(
      Map<String, List<Inferred>> settings, UnaryOperator<String> masked) {
    SortedMap<String, String> texts = new TreeMap<>();
    settings.forEach((key, values) -> texts.put(key, text(values, masked)));
    return texts;
  }

  private static String text(List<Inferred> values, UnaryOperator<String> masked) {
    Stream<String> shown = values.stream().limit(VALUES_SHOWN).map(one -> one.text(masked));
    int more = values.size() - VALUES_SHOWN;
    return Stream.concat(shown, more > 0 ? Stream.of("and " + more + " more") : Stream.empty())
        .collect(Collectors.joining("; "));
  }

  private String text(UnaryOperator<String> masked) {
    String text = masked.apply(value + ": " + reason);
    if (files.isEmpty()) {
      return text;
    }
    int more = files.size() - FILES_SHOWN;
    return text
        + files.stream().limit(FILES_SHOWN).collect(Collectors.joining(", ", " (", ""))
        + (more > 0 ? " and " + Figures.counted(more, "more file", "more files") : "")
        + ")";
  }
}
