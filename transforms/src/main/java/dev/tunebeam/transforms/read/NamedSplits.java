package dev.tunebeam.transforms.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Splits that a corpus brings, recognized by the usual names of its files or of the arrays of a
 * JSON file. Found by a pure function.
 *
 * @param train what to train on
 * @param validation what to hold out
 * @param rest splits to leave out, such as test where there is a validation split too
 */
public record NamedSplits(List<String> train, List<String> validation, List<String> rest) {

  private static final List<String> TRAIN = List.of("train", "training");

  /** The best first: a test split is for the end. */
  private static final List<String> VALIDATION =
      List.of("validation", "valid", "val", "dev", "eval", "evaluation", "test", "testing");

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private static final Pattern DIGITS = Pattern.compile("\\d+");

  /** Makes immutable copies. */
  public NamedSplits {
    train = List.copyOf(train);
    validation = List.copyOf(validation);
    rest = List.copyOf(rest);
  }

  /** The splits of a JSON file by the names of its arrays; null if they do not name any. */
  public static @Nullable NamedSplits ofArrays(List<String> arrays) {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    for (String array : arrays) {
      byName.computeIfAbsent(array.toLowerCase(Locale.ROOT), name -> new ArrayList<>()).add(array);
    }
    return of(byName);
  }

  /**
   * The splits by the names of files, {@code train-00000-of-00002.parquet}, or of their folders,
   * {@code train/pos/a.txt}; null if a file belongs to none, or the names differ in more than the
   * split and numbers.
   */
  public static @Nullable NamedSplits ofFiles(List<String> paths) {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    String others = null;
    for (String path : paths) {
      String part = path.substring(path.lastIndexOf('/') + 1);
      String above = path.substring(0, path.length() - part.length());
      String word = word(part);
      while (word.isEmpty() && !above.isEmpty()) {
        String folder = above.substring(0, above.length() - 1);
        part = folder.substring(folder.lastIndexOf('/') + 1);
        above = folder.substring(0, folder.length() - part.length());
        word = word(part);
      }
      String rest = above + without(word, part);
      if (word.isEmpty() || (others != null && !others.equals(rest))) {
        return null;
      }
      others = rest;
      byName.computeIfAbsent(word.toLowerCase(Locale.ROOT), name -> new ArrayList<>()).add(path);
    }
    return of(byName);
  }

  /** Whether an array has the name of a split, so that there may be others. */
  static boolean isName(String array) {
    return !word(array).isEmpty();
  }

  /** The array that is most likely the one to train on. */
  static String likeliest(List<String> arrays) {
    return arrays.stream()
        .filter(array -> TRAIN.contains(array.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElse(arrays.get(0));
  }

  private static @Nullable NamedSplits of(Map<String, List<String>> byName) {
    String train = first(TRAIN, byName);
    String validation = first(VALIDATION, byName);
    if (train == null || validation == null) {
      return null;
    }
    List<String> rest = new ArrayList<>();
    byName.forEach(
        (name, all) -> {
          if (!name.equals(train) && !name.equals(validation)) {
            rest.addAll(all);
          }
        });
    return new NamedSplits(
        Objects.requireNonNull(byName.get(train)),
        Objects.requireNonNull(byName.get(validation)),
        rest);
  }

  private static @Nullable String first(List<String> names, Map<String, ?> among) {
    return names.stream().filter(among::containsKey).findFirst().orElse(null);
  }

  /** The first word that names a split, as it is written; empty if there is none. */
  private static String word(String name) {
    return BETWEEN_WORDS
        .splitAsStream(name)
        .filter(
            word ->
                TRAIN.contains(word.toLowerCase(Locale.ROOT))
                    || VALIDATION.contains(word.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElse("");
  }

  private static String without(String word, String name) {
    int at = name.indexOf(word);
    return DIGITS
        .matcher(name.substring(0, at) + name.substring(at + word.length()))
        .replaceAll("0");
  }
}
