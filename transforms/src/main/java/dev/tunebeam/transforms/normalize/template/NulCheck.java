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
    if (value instanceof String text) {
      if (text.indexOf('\0') >= 0) {
        throw new RejectException(
            Reason.NUL_CHARACTER, what + " holds the character U+0000; remove it from the data");
      }
    } else if (value instanceof List<?> list) {
      list.forEach(element -> check(what, element));
    } else if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, element) -> {
            check(what, key);
            check(what, element);
          });
    } else if (value instanceof Message turn) {
      String whose = "a message of the role " + turn.role();
      check(whose, turn.content());
      check(whose, turn.other());
    }
  }
}
