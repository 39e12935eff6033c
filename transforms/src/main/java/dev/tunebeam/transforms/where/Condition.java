package dev.tunebeam.transforms.where;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.json.JsonNumber;
import dev.tunebeam.transforms.row.FieldValue;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A condition on the fields of a row, true or false for every row: nothing is unknown. A missing
 * field is null, and so is a blank text, since CSV cannot say null; null equals nothing, and is
 * neither less nor greater. Whitespace around a text does not count. Pure functions.
 */
public sealed interface Condition extends Serializable {

  /** Whether the row meets it. */
  boolean test(Map<String, Object> fields);

  /** Adds the names of the fields that some row must have: all but those written with ?. */
  void addNames(Collection<String> names);

  /**
   * Parses a condition.
   *
   * @throws IllegalArgumentException if it is none; the message says where and what to write
   */
  static Condition parse(String text) {
    return new ConditionParser(text).parse();
  }

  /** The names of the fields that some row must have, sorted. */
  default Set<String> names() {
    Set<String> names = new TreeSet<>();
    addNames(names);
    return names;
  }

  /** True if all are. */
  record And(List<Condition> parts) implements Condition {

    @Override
    public boolean test(Map<String, Object> fields) {
      return parts.stream().allMatch(part -> part.test(fields));
    }

    @Override
    public void addNames(Collection<String> names) {
      parts.forEach(part -> part.addNames(names));
    }
  }

  /** True if one is. */
  record Or(List<Condition> parts) implements Condition {

    @Override
    public boolean test(Map<String, Object> fields) {
      return parts.stream().anyMatch(part -> part.test(fields));
    }

    @Override
    public void addNames(Collection<String> names) {
      parts.forEach(part -> part.addNames(names));
    }
  }

  /** True if the other is not. */
  record Not(Condition part) implements Condition {

    @Override
    public boolean test(Map<String, Object> fields) {
      return !part.test(fields);
    }

    @Override
    public void addNames(Collection<String> names) {
      part.addNames(names);
    }
  }

  /** True if the field is null, missing or blank. */
  record IsNull(Field field) implements Condition {

    @Override
    public boolean test(Map<String, Object> fields) {
      return field.of(fields) == null;
    }

    @Override
    public void addNames(Collection<String> names) {
      field.addName(names);
    }
  }

  /** True if the field equals one of the values. */
  record In(Field field, List<Literal> values) implements Condition {

    @Override
    public boolean test(Map<String, Object> fields) {
      Object value = field.of(fields);
      return values.stream()
          .anyMatch(literal -> Integer.valueOf(0).equals(literal.compared(value)));
    }

    @Override
    public void addNames(Collection<String> names) {
      field.addName(names);
    }
  }

  /** True if the field is less than the value, or greater, or, if {@code orEqual}, equals it. */
  record Ordered(Field field, boolean less, boolean orEqual, Literal value) implements Condition {

    @Override
    public boolean test(Map<String, Object> fields) {
      Integer order = value.compared(field.of(fields));
      return order != null && (order == 0 ? orEqual : order < 0 == less);
    }

    @Override
    public void addNames(Collection<String> names) {
      field.addName(names);
    }
  }

  /** A field by its name, as in templates: dots for a nested one, ? at the end if optional. */
  record Field(String name) implements Serializable {

    /** The value; null also for a blank text. */
    @Nullable Object of(Map<String, Object> fields) {
      String path = isOptional() ? name.substring(0, name.length() - 1) : name;
      Object value = FieldValue.at(fields, path).value();
      return value instanceof String text && Whitespace.isBlank(text) ? null : value;
    }

    void addName(Collection<String> names) {
      if (!isOptional()) {
        names.add(name);
      }
    }

    private boolean isOptional() {
      return name.endsWith("?");
    }
  }

  /**
   * A value in a condition.
   *
   * @param text as written, for a text without its quotes
   * @param number its value if it is a number
   * @param truth its value if it is true or false
   */
  record Literal(String text, @Nullable BigDecimal number, @Nullable Boolean truth)
      implements Serializable {

    /**
     * How a field compares to it: less than 0 if the field is less. A number compares with numbers
     * and texts that are one, true and false with booleans and their names, a text with everything
     * that has a text, by code units; null if they do not compare.
     */
    @Nullable Integer compared(@Nullable Object field) {
      boolean plain =
          field instanceof String || field instanceof JsonNumber || field instanceof Boolean;
      if (field == null || !plain) {
        return null;
      }
      String value = Whitespace.strip(field.toString());
      if (number != null) {
        BigDecimal parsed = field instanceof Boolean ? null : Numbers.of(value);
        return parsed == null ? null : parsed.compareTo(number);
      }
      if (truth != null) {
        boolean isTrue = value.equalsIgnoreCase("true");
        return isTrue || value.equalsIgnoreCase("false") ? Boolean.compare(isTrue, truth) : null;
      }
      return value.compareTo(text);
    }
  }
}
