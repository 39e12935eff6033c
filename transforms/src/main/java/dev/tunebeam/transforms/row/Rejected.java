package dev.tunebeam.transforms.row;

/**
 * A row, or one of the examples of a row, that is not in the dataset, and why.
 *
 * @param source where it stands in the input
 * @param ordinal 0 for the whole row or its first example, 1 for the second example
 * @param step the stage that refused it
 * @param reason why, in one word
 * @param message why, in a sentence that says what to do
 * @param raw the row as it was read, cut to {@link #MAX_RAW_CHARS}
 */
public record Rejected(
    Source source, int ordinal, Step step, Reason reason, String message, String raw) {

  /** Enough to find a row by; a 50 MB line is not written out again. */
  public static final int MAX_RAW_CHARS = 32_768;

  /** Cuts {@code raw}, never within a surrogate pair. */
  public Rejected {
    if (ordinal < 0) {
      throw new IllegalArgumentException("ordinal: " + ordinal);
    }
    if (raw.length() > MAX_RAW_CHARS) {
      int end = MAX_RAW_CHARS;
      raw = raw.substring(0, Character.isHighSurrogate(raw.charAt(end - 1)) ? end - 1 : end);
    }
  }

  /** A whole row. */
  public Rejected(Source source, Step step, Reason reason, String message, String raw) {
    this(source, 0, step, reason, message, raw);
  }
}
