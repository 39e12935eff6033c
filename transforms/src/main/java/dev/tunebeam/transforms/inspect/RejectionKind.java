package dev.tunebeam.transforms.inspect;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.inspect.secrets.Secrets;
import dev.tunebeam.transforms.row.Reason;
import java.util.regex.Pattern;

/** What rejections have in common: the message without what differs from row to row. */
final class RejectionKind {

  private static final int MOST_CHARS = 80;

  private static final Pattern NUMBERS = Pattern.compile("[0-9][0-9,.]*");
  private static final Pattern LISTS = Pattern.compile("\\[.*", Pattern.DOTALL);

  /** After these a message goes on with data, or with advice. */
  private static final Pattern REST = Pattern.compile("[;:{].*", Pattern.DOTALL);

  private RejectionKind() {}

  /** The kind: the reason, a colon and the beginning of the message with # for numbers. */
  static String of(Reason reason, String message) {
    if (reason != Reason.BAD_MESSAGES && reason != Reason.DOES_NOT_FIT_FORMAT) {
      return reason.toString();
    }
    String kind = NUMBERS.matcher(message).replaceAll("#");
    kind = LISTS.matcher(kind).replaceAll("");
    kind = REST.matcher(kind).replaceAll("");
    return reason + ": " + Excerpt.of(Whitespace.strip(Secrets.mask(kind)), MOST_CHARS);
  }
}
