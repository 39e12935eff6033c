package dev.tunebeam.transforms.normalize;

import dev.tunebeam.transforms.normalize.RowFields.NoText;
import dev.tunebeam.transforms.normalize.RowFields.Refused;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a template may do with a list or an object: {@code {{names|lines}}}. Pure functions; the
 * order of the alphabet depends on no locale.
 */
enum ListFilter {
  /** The elements one a line, each once, in the order of the list. */
  LINES {
    @Override
    Object apply(String name, Object value) {
      return lines(name, value, null);
    }
  },
  /** The elements one a line, each once, in the order of the alphabet. */
  SORTED {
    @Override
    Object apply(String name, Object value) {
      return lines(name, value, ALPHABET);
    }
  },
  /** The fields of an object as a list of key and value, those without a value left out. */
  ENTRIES {
    @Override
    Object apply(String name, Object value) {
      if (!(value instanceof Map<?, ?> map)) {
        return new Refused(
            "the field '%s' is no object, so it has no entries; take |entries out".formatted(name));
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

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  /** Letters before their case and accents, and equal texts by their characters. */
  private static final Comparator<String> ALPHABET =
      Comparator.comparing(ListFilter::letters).thenComparing(Comparator.naturalOrder());

  /** The value for a template; {@link Refused} if it is of another kind. */
  abstract Object apply(String name, Object value);

  /** The filter of that name, null for none. */
  static @Nullable ListFilter of(String name) {
    for (ListFilter filter : values()) {
      if (filter.name().toLowerCase(Locale.ROOT).equals(name)) {
        return filter;
      }
    }
    return null;
  }

  private static String letters(String text) {
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
    return MARKS.matcher(decomposed).replaceAll("").toLowerCase(Locale.ROOT);
  }

  /** The elements of a list, or the lines of a text, without blank ones. */
  private static Object lines(String name, Object value, @Nullable Comparator<String> order) {
    Set<String> texts = new LinkedHashSet<>();
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        Object element = list.get(i);
        if (element instanceof List || element instanceof Map) {
          return new Refused(new NoText(name + "." + i, element).complaint());
        }
        add(texts, element == null ? "" : element.toString());
      }
    } else if (value instanceof Map) {
      return new Refused(new NoText(name, value).complaint());
    } else {
      value.toString().lines().forEach(line -> add(texts, line));
    }
    return String.join("\n", order == null ? texts : texts.stream().sorted(order).toList());
  }

  private static void add(Set<String> texts, String text) {
    if (!Blanks.isBlank(text)) {
      texts.add(Blanks.strip(text));
    }
  }

  /** Whether it says anything: a text that is not blank, or a list or object with such a value. */
  private static boolean hasValue(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().anyMatch(ListFilter::hasValue);
    }
    if (value instanceof Map<?, ?> map) {
      return map.values().stream().anyMatch(ListFilter::hasValue);
    }
    return value != null && !Blanks.isBlank(value.toString());
  }
}
