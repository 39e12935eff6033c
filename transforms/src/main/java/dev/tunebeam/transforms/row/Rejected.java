package dev.tunebeam.transforms.row;

/**
 * A rejected row, or a rejected example of a row, with the reason.
 *
 * @param source its position in the input
 * @param ordinal 0 for the whole row or its first example, 1 for the second example
 * @param step the stage that rejected it
 * @param reason the kind of reason
 * @param message the reason as a sentence that says what to do
 * @param raw the row as it was read, truncated to {@link #MAX_RAW_CHARS}
 */
public record Rejected(
    Source source, int ordinal, Step step, Reason reason, String message, String raw) {

  /** Enough to recognize a row; a 50 MB line is not written again. */
  public static final int MAX_RAW_CHARS = 32_768;

  /** Truncates {@code raw}, never within a surrogate pair. */
  public Rejected {
    if (ordinal < 0) {
      throw new IllegalArgumentException("ordinal: " + ordinal);
    }
    if (raw.length() > MAX_RAW_CHARS) {
      int end = MAX_RAW_CHARS;
      raw = raw.substring(0, Character.isHighSurrogate(raw.charAt(end - 1)) ? end - 1 : end);
    }
  }

  /** Rejects a whole row. */
  public Rejected(Source source, Step step, Reason reason, String message, String raw) {
    this(source, 0, step, reason, message, raw);
  }
}
