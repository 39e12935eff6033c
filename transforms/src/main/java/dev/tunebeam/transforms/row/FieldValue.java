package dev.tunebeam.transforms.row;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of looking up a name in the fields of a row: the one rule for templates and
 * conditions. A name matches exactly, or else the first field that equals it ignoring case; dots
 * lead into objects and, with a number from 0, into lists.
 *
 * @param present whether there is such a field; it may be null
 * @param value the value, null for none
 */
public record FieldValue(boolean present, @Nullable Object value) {

  /** No such field. */
  public static final FieldValue NONE = new FieldValue(false, null);

  /** The field of exactly that name, or else the value at the dotted name, step by step. */
  public static FieldValue at(@Nullable Object container, String dotted) {
    FieldValue found = child(container, dotted);
    if (found.present()) {
      return found;
    }
    String[] steps = dotted.split("\\.", -1);
    found = child(container, steps[0]);
    boolean begun = found.present();
    for (int i = 1; i < steps.length; i++) {
      found = child(found.value(), steps[i]);
    }
    return new FieldValue(begun, found.value());
  }

  /** The field of an object or the element of a list, without dots. */
  public static FieldValue child(@Nullable Object container, String name) {
    if (container instanceof Map<?, ?> map) {
      return of(map, name);
    }
    if (container instanceof List<?> list && name.matches("\\d{1,9}")) {
      int index = Integer.parseInt(name);
      return index < list.size() ? new FieldValue(true, list.get(index)) : NONE;
    }
    return NONE;
  }

  /** The field of that name, or else the first that matches ignoring case. */
  public static FieldValue of(Map<?, ?> fields, String name) {
    Object value = fields.get(name);
    if (value != null || fields.containsKey(name)) {
      return new FieldValue(true, value);
    }
    for (Map.Entry<?, ?> field : fields.entrySet()) {
      if (field.getKey() instanceof String key && key.equalsIgnoreCase(name)) {
        return new FieldValue(true, field.getValue());
      }
    }
    return NONE;
  }
}
