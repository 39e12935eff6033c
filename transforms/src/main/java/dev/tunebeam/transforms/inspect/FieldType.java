package dev.tunebeam.transforms.inspect;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The type of a field's value. */
public enum FieldType {
  TEXT,
  NUMBER,
  BOOLEAN,
  LIST,
  OBJECT,
  NULL;

  /** The type of a value from a reader. */
  static FieldType of(@Nullable Object value) {
    if (value == null) {
      return NULL;
    }
    if (value instanceof String) {
      return TEXT;
    }
    if (value instanceof Boolean) {
      return BOOLEAN;
    }
    return value instanceof List ? LIST : value instanceof Map ? OBJECT : NUMBER;
  }

  /** The name in reports, in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
