package dev.tunebeam.transforms.normalize.dialect;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.normalize.template.RowFields;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks the label of KTO rows: a boolean beside the answer, true for a good one. Formats without
 * this label must not learn bad answers. A pure function.
 */
final class KtoLabel {

  private static final List<String> FLAGS = List.of("kto_tag", "label");

  private KtoLabel() {}

  /**
   * Refuses a row whose answer is labelled as bad.
   *
   * @throws RejectException if it is
   */
  static void check(Map<String, Object> fields) {
    for (String flag : FLAGS) {
      if (isFalse(RowFields.get(fields, flag))) {
        throw new RejectException(
            Reason.UNWANTED_ANSWER,
            "%s is false, so the answer is one that is not wanted; leave the row out, or make pairs of chosen and rejected"
                .formatted(flag));
      }
    }
  }

  private static boolean isFalse(@Nullable Object value) {
    return Boolean.FALSE.equals(value)
        || (value instanceof String text && Whitespace.strip(text).equalsIgnoreCase("false"));
  }
}
