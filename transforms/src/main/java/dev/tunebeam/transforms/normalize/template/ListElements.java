package dev.tunebeam.transforms.normalize.template;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.json.JsonTree;
import dev.tunebeam.transforms.normalize.template.RowFields.NoText;
import dev.tunebeam.transforms.normalize.template.RowFields.Refused;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Splits a list field into its texts; it may also be a string, as in tables: a JSON array, or
 * elements with a delimiter or line breaks between them. Blank elements are dropped, and line
 * breaks within one become a space, since each is written on one line. Pure functions.
 */
final class ListElements {

  /** Matches only at the start of a run of whitespace; otherwise long runs take quadratic time. */
  private static final Pattern BREAKS =
      Pattern.compile("(?<![%1$s])[%1$s]*\\R[%1$s]*".formatted(Whitespace.CHARACTERS));

  /** The Python repr of a list, as in CSV files that pandas wrote. */
  private static final Pattern PYTHON_LIST = Pattern.compile("(?s)\\[\\s*['\"].*\\]");

  private ListElements() {}

  /**
   * The elements, a {@code List<String>}, or {@link Refused} if the value is not a list.
   *
   * @param between the delimiter of a string; empty for line breaks, null not to split it
   */
  static Object of(String name, Object value, @Nullable String between) {
    List<String> texts = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        Object element = list.get(i);
        if (element instanceof Map) {
          return new Refused(
              String.format(
                  Locale.ROOT,
                  "the field '%s.%d' is an object, not a text; take one field of each element, {{%s.…|lines}}",
                  name,
                  i,
                  name));
        }
        if (element instanceof List) {
          return new Refused(new NoText(name + "." + i, element).complaint());
        }
        add(texts, element == null ? "" : element.toString());
      }
      return texts;
    }
    if (value instanceof Map) {
      return new Refused(new NoText(name, value).complaint());
    }
    String text = Whitespace.strip(value.toString());
    if (json(text) instanceof List<?> list) {
      return of(name, list, between);
    }
    if (PYTHON_LIST.matcher(text).matches()) {
      return new Refused(
          "the field '%s' is the repr of a Python list; write it as JSON, as json.dumps does"
              .formatted(name));
    }
    if (between == null) {
      return List.of(text);
    }
    Stream<String> parts =
        between.isEmpty()
            ? text.lines()
            : Pattern.compile(between, Pattern.LITERAL).splitAsStream(text);
    parts.forEach(part -> add(texts, part));
    return texts;
  }

  /** Removes duplicates, ignoring kinds of whitespace and Unicode form; keeps the first of each. */
  static List<String> once(List<String> texts) {
    Map<String, String> kept = new LinkedHashMap<>();
    for (String text : texts) {
      String looks = Whitespace.collapse(text);
      kept.putIfAbsent(Normalizer.normalize(looks, Normalizer.Form.NFC), text);
    }
    return List.copyOf(kept.values());
  }

  private static @Nullable Object json(String text) {
    try {
      return text.startsWith("[") ? JsonTree.parse(text) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static void add(List<String> texts, String text) {
    if (!Whitespace.isBlank(text)) {
      texts.add(BREAKS.matcher(Whitespace.strip(text)).replaceAll(" "));
    }
  }
}
