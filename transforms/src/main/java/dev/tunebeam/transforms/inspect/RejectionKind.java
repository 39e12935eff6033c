package dev.tunebeam.transforms.inspect;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.inspect.secrets.Secrets;
import dev.tunebeam.transforms.row.Reason;
import java.io.Serializable;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * A group of similar rejections. Ordered by {@link #toString}.
 *
 * @param reason their common reason
 * @param pattern the beginning of their messages with # for numbers, for reasons of many kinds;
 *     else empty
 */
public record RejectionKind(Reason reason, String pattern)
    implements Comparable<RejectionKind>, Serializable {

  private static final int MOST_CHARS = 80;

  private static final Pattern NUMBERS = Pattern.compile("[0-9][0-9,.]*");
  private static final Pattern LISTS = Pattern.compile("\\[.*", Pattern.DOTALL);

  /** Data or advice follows after these characters of a message. */
  private static final Pattern REST = Pattern.compile("[;:{].*", Pattern.DOTALL);

  static RejectionKind of(Reason reason, String message) {
    if (reason != Reason.BAD_MESSAGES && reason != Reason.DOES_NOT_FIT_FORMAT) {
      return new RejectionKind(reason, "");
    }
    String pattern = NUMBERS.matcher(message).replaceAll("#");
    pattern = LISTS.matcher(pattern).replaceAll("");
    pattern = REST.matcher(pattern).replaceAll("");
    return new RejectionKind(
        reason, Excerpt.of(Whitespace.strip(Secrets.mask(pattern)), MOST_CHARS));
  }

  @Override
  public int compareTo(RejectionKind other) {
    return Comparator.comparing(RejectionKind::toString).compare(this, other);
  }

  /** The reason, with the pattern if there is one; the id of a finding. */
  @Override
  public String toString() {
    return pattern.isEmpty() ? reason.toString() : reason + ": " + pattern;
  }
}
