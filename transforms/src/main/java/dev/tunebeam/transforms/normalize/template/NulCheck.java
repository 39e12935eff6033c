package dev.tunebeam.transforms.normalize.template;

import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rejects the character U+0000, which no API accepts. */
public final class NulCheck {

  private NulCheck() {}

  /** Searches a tree of values and messages, keys too; throws {@link RejectException}. */
  public static void check(String what, @Nullable Object value) {
    if (value instanceof List<?> list) {
      for (Object element : list) {
        check(what, element);
      }
    } else if (holdsNul(value)) {
      String whose = value instanceof Message turn ? "a message of the role " + turn.role() : what;
      throw new RejectException(
          Reason.NUL_CHARACTER, whose + " holds the character U+0000; remove it from the data");
    }
  }

  private static boolean holdsNul(@Nullable Object value) {
    if (value instanceof String text) {
      return text.indexOf('\0') >= 0;
    }
    if (value instanceof Message turn) {
      return holdsNul(turn.content()) || holdsNul(turn.other());
    }
    if (value instanceof List<?> list) {
      for (Object element : list) {
        if (holdsNul(element)) {
          return true;
        }
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> field : map.entrySet()) {
        if (holdsNul(field.getKey()) || holdsNul(field.getValue())) {
          return true;
        }
      }
    }
    return false;
  }
}
