package dev.tunebeam.transforms.normalize.dialect;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.normalize.template.RowFields;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the system message of a row, by common field names. Pure functions. */
final class SystemField {

  private static final List<String> NAMES = List.of("system", "system_prompt", "system_message");

  private SystemField() {}

  /** The first such field that is not blank; empty for none. */
  static String textOf(Map<String, Object> fields) {
    return NAMES.stream()
        .map(name -> RowFields.get(fields, name))
        .filter(value -> value instanceof String text && !Whitespace.isBlank(text))
        .map(String.class::cast)
        .findFirst()
        .orElse("");
  }

  /** The first field with such a name; null for none. */
  static @Nullable String in(Collection<String> fields) {
    return fields.stream()
        .filter(field -> NAMES.stream().anyMatch(field::equalsIgnoreCase))
        .findFirst()
        .orElse(null);
  }
}
