package dev.tunebeam.transforms.normalize.template;

import dev.tunebeam.dataset.Whitespace;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of one field of a row, with dots if it is nested.
 *
 * @param path as in the recipe, without braces
 */
public record FieldPath(String path) {

  private static final Pattern TAG = Pattern.compile("\\{\\{\\s*([^{}]+?)\\s*}}");

  /**
   * Parses a field name, written {@code turns} or, like a template, {@code {{turns}}}.
   *
   * @param key the recipe's key, for messages
   * @throws IllegalArgumentException if it is a template of more than one field
   */
  static FieldPath of(String key, String text) {
    Matcher tag = TAG.matcher(Whitespace.strip(text));
    if (tag.matches()) {
      return new FieldPath(tag.group(1));
    }
    if (text.contains("{{")) {
      throw new IllegalArgumentException(
          "map.%s names one field, since it may hold messages; it is not a template: %s"
              .formatted(key, text));
    }
    return new FieldPath(Whitespace.strip(text));
  }

  /** The same for a key that may be unset. */
  public static @Nullable FieldPath ofNullable(String key, @Nullable String text) {
    return text == null ? null : of(key, text);
  }

  /** The value; null if there is none. */
  public @Nullable Object get(Map<String, Object> fields) {
    return RowFields.value(fields, path);
  }
}
