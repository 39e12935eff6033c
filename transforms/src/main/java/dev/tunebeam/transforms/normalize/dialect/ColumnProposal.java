package dev.tunebeam.transforms.normalize.dialect;

import dev.tunebeam.transforms.row.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Proposes the fields of prompt and completion by the values of the first rows, and by words in
 * their names, for rows without common names. A pure function.
 *
 * @param prompt a field of texts that are mostly different
 * @param completion a field of a few short values, or another one of texts
 * @param because how it looks, for the user
 */
record ColumnProposal(String prompt, String completion, String because) {

  /** Fewer rows tell nothing about a field. */
  static final int FEWEST_ROWS = 4;

  /** A share of 9 in 10 rows must have a value. */
  private static final int FILLED = 9;

  private static final int OF = 10;

  /** More classes need hints in the name. */
  private static final int FEW_CLASSES = 20;

  private static final Pattern WORDS = Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})|[^\\p{L}\\p{N}]+");

  private static final Set<String> TEXTS =
      words(
          "text sentence utterance tweet review message msg body content comment sms mail email post"
              + " prompt question query input request instruction title description transcript ticket");

  private static final Set<String> ANSWERS =
      words(
          "answer response completion output reply solution summary translation target result"
              + " explanation code");

  private static final Set<String> CLASSES =
      words(
          "label labels class category intent sentiment emotion topic target tag type queue spam"
              + " polarity rating stars score priority department stance toxic toxicity y");

  /** Columns about the row, not of it. */
  private static final Set<String> ABOUT =
      words(
          "id ids uuid guid idx index key hash date time timestamp year month created updated user"
              + " username author url link href image lang language locale country city location"
              + " timezone coord latitude longitude confidence count gold source split fold length"
              + " version annotator worker");

  /** The end of the name of a class by its number. */
  private static final Pattern NUMBERED = Pattern.compile("(?i)[^\\p{L}\\p{N}]+(id|idx|index)$");

  private static final List<String> BAD_ANSWERS =
      List.of(
          "rejected",
          "non_preferred",
          "nonpreferred",
          "bad",
          "worse",
          "worst",
          "wrong",
          "incorrect");

  /** The proposal for a file with these first rows; null if they do not tell. */
  static @Nullable ColumnProposal of(List<Row> rows) {
    if (rows.size() < FEWEST_ROWS) {
      return null;
    }
    Map<String, ColumnValues> columns = new LinkedHashMap<>();
    for (Row row : rows) {
      row.fields()
          .forEach(
              (name, value) -> columns.computeIfAbsent(name, n -> new ColumnValues()).add(value));
    }
    columns
        .entrySet()
        .removeIf(
            column ->
                column.getValue().filled() * OF < rows.size() * FILLED
                    || isBadAnswer(column.getKey()));
    List<String> texts = texts(columns);
    if (texts.isEmpty()) {
      return null;
    }
    String label = label(columns);
    if (label != null) {
      String text = best(texts, columns);
      return new ColumnProposal(
          text,
          label,
          String.format(
              Locale.ROOT,
              "looks like %s → %s (%,d values)",
              text,
              label,
              of(columns, label).different()));
    }
    return ofTexts(texts, columns);
  }

  private static @Nullable ColumnProposal ofTexts(
      List<String> texts, Map<String, ColumnValues> columns) {
    List<String> answers = texts.stream().filter(name -> hints(name, ANSWERS)).toList();
    String answer =
        answers.size() == 1
            ? answers.get(0)
            : answers.isEmpty() && texts.size() == 2 ? texts.get(1) : null;
    List<String> rest = texts.stream().filter(name -> !name.equals(answer)).toList();
    if (answer == null || rest.isEmpty()) {
      return null;
    }
    String prompt = best(rest, columns);
    return new ColumnProposal(prompt, answer, "looks like %s → %s".formatted(prompt, answer));
  }

  /** Whether a name says that the field is no part of the text, such as an id, a URL or a date. */
  static boolean isAboutTheRow(String name) {
    return hints(name, ABOUT) && !hints(name, TEXTS);
  }

  private static List<String> texts(Map<String, ColumnValues> columns) {
    List<String> texts = new ArrayList<>();
    columns.forEach(
        (name, values) -> {
          if (values.areTexts() && !isAboutTheRow(name)) {
            texts.add(name);
          }
        });
    return texts;
  }

  /** The field whose name says that it is the text, else the one with the longest values. */
  private static String best(List<String> texts, Map<String, ColumnValues> columns) {
    return texts.stream()
        .max(
            Comparator.comparing((String name) -> hints(name, TEXTS))
                .thenComparing(name -> of(columns, name).characters()))
        .orElseThrow();
  }

  /** The field of classes: one whose name says so, or the only one that looks like it. */
  private static @Nullable String label(Map<String, ColumnValues> columns) {
    List<String> named = new ArrayList<>();
    List<String> other = new ArrayList<>();
    columns.forEach(
        (name, values) -> {
          if (!values.areClasses()) {
            return;
          }
          if (namesClasses(name)) {
            named.add(name);
          } else if (!hints(name, ABOUT)
              && (!values.areNumbers() || columns.size() == 2)
              && values.different() > 1
              && values.different() <= FEW_CLASSES) {
            other.add(name);
          }
        });
    if (!named.isEmpty()) {
      // Names come before numbers of the same classes.
      return named.stream()
          .min(Comparator.comparing(name -> of(columns, name).areNumbers()))
          .orElseThrow();
    }
    return other.size() == 1 ? other.get(0) : null;
  }

  /** Whether a column's name says that it holds classes. */
  static boolean namesClasses(String name) {
    return hints(name, CLASSES) && !hints(NUMBERED.matcher(name).replaceAll(""), ABOUT);
  }

  private static ColumnValues of(Map<String, ColumnValues> columns, String name) {
    return Objects.requireNonNull(columns.get(name));
  }

  private static boolean isBadAnswer(String name) {
    String plain = name.toLowerCase(Locale.ROOT);
    return BAD_ANSWERS.stream().anyMatch(plain::startsWith);
  }

  private static boolean hints(String name, Set<String> hints) {
    return Arrays.stream(WORDS.split(name, -1))
        .map(word -> word.toLowerCase(Locale.ROOT))
        .anyMatch(hints::contains);
  }

  private static Set<String> words(String words) {
    return Set.of(words.split(" ", -1));
  }
}
