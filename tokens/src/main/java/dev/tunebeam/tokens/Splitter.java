package dev.tunebeam.tokens;

/**
 * Splits a text into pieces that merges never cross, like the encoding's regular expression.
 * Implementations are pure and linear: no byte is read more than a fixed number of times.
 */
interface Splitter {

  /**
   * The end of the piece that begins at {@code from}.
   *
   * @param text valid UTF-8, followed by at least {@link AsciiRuns#READ_AHEAD} other bytes
   * @param from the start of a character, less than {@code to}
   * @param to the end of the text
   * @return more than {@code from}, at most {@code to}
   */
  int end(byte[] text, int from, int to);
}
