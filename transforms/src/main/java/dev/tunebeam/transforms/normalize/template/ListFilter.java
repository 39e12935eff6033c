package dev.tunebeam.transforms.normalize.template;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.normalize.template.RowFields.NoText;
import dev.tunebeam.transforms.normalize.template.RowFields.Refused;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The filters of a template for lists and objects: {@code {{names|lines}}}. Pure functions;
 * alphabetical order is independent of the locale.
 */
enum ListFilter {
  /** Unique elements, one per line, in list order; the argument is the delimiter of a string. */
  LINES {
    @Override
    Object apply(String name, Object value, String sign) {
      Object elements = ListElements.of(name, value, sign);
      return elements instanceof List<?> list ? lines(list, false) : elements;
    }
  },
  /** Unique elements, one per line, in alphabetical order. */
  SORTED {
    @Override
    Object apply(String name, Object value, String sign) {
      Object elements = ListElements.of(name, value, sign);
      return elements instanceof List<?> list ? lines(list, true) : elements;
    }
  },
  /** All elements on one line, joined by the argument; other values are unchanged. */
  JOINED {
    @Override
    Object apply(String name, Object value, String sign) {
      Object elements = ListElements.of(name, value, null);
      return elements instanceof List<?> list
          ? String.join(sign.isEmpty() ? ", " : sign, texts(list))
          : elements;
    }
  },
  /** The fields of an object as a list of key and value, without empty ones. */
  ENTRIES {
    @Override
    Object apply(String name, Object value, String sign) {
      if (!(value instanceof Map<?, ?> map)) {
        return new Refused(
            "the field '%s' is not an object, so it has no entries; remove |entries"
                .formatted(name));
      }
      List<Map<String, Object>> entries = new ArrayList<>();
      map.forEach(
          (key, element) -> {
            if (hasValue(element)) {
              entries.add(Map.of("key", String.valueOf(key), "value", element));
            }
          });
      return new NoText(name, entries);
    }
  };

  /**
   * A tag with a filter.
   *
   * @param field the part before it, with its question mark
   * @param sign its argument, empty for none
   */
  record Call(String field, ListFilter filter, String sign) {

    private static final Pattern CALL =
        Pattern.compile("(?s)(.*)\\|\\s*(lines|sorted|joined|entries)(?:\\s+(\\S.*))?");

    /** Parses a tag; null if it has no filter. */
    static @Nullable Call in(String tag) {
      Matcher call = CALL.matcher(tag.indexOf('|') < 0 ? "" : Whitespace.strip(tag));
      if (!call.matches()) {
        return null;
      }
      String sign = call.group(3);
      return new Call(
          Whitespace.strip(call.group(1)),
          ListFilter.valueOf(call.group(2).toUpperCase(Locale.ROOT)),
          sign == null ? "" : sign);
    }

    /** The filtered value; {@link Refused} if it has the wrong type. */
    Object apply(String name, Object value) {
      return value instanceof Refused ? value : filter.apply(name, value, sign);
    }
  }

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  /** By letters, ignoring case and accents; then by characters. */
  private static final Comparator<String> ALPHABET =
      Comparator.comparing(ListFilter::letters).thenComparing(Comparator.naturalOrder());

  abstract Object apply(String name, Object value, String sign);

  private static String lines(List<?> elements, boolean sorted) {
    List<String> once = ListElements.once(texts(elements));
    return String.join("\n", sorted ? once.stream().sorted(ALPHABET).toList() : once);
  }

  private static List<String> texts(List<?> elements) {
    return elements.stream().map(String::valueOf).toList();
  }

  private static String letters(String text) {
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
    return MARKS.matcher(decomposed).replaceAll("").toLowerCase(Locale.ROOT);
  }

  /** Whether it is not empty: a text that is not blank, or a list or object with such a value. */
  private static boolean hasValue(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().anyMatch(ListFilter::hasValue);
    }
    if (value instanceof Map<?, ?> map) {
      return map.values().stream().anyMatch(ListFilter::hasValue);
    }
    return value != null && !Whitespace.isBlank(value.toString());
  }
}
