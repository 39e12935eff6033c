package dev.tunebeam.transforms.inspect;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a field of a row holds. */
public enum FieldType {
  TEXT,
  NUMBER,
  BOOLEAN,
  LIST,
  OBJECT,
  NULL;

  /** The type of a value as the reader makes it. */
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

  /** The name in reports: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
