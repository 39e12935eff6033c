package dev.tunebeam.tokens;

/**
 * Cuts a text into the pieces that merges never cross: what an encoding's regular expression does.
 * Implementations are pure and linear: no byte is read more than a fixed number of times.
 */
interface Splitter {

  /**
   * The end of the piece that begins at {@code from}.
   *
   * @param text valid UTF-8, and behind it at least {@link AsciiRuns#READ_AHEAD} other bytes
   * @param from where a character begins, less than {@code to}
   * @param to the end of the text
   * @return more than {@code from}, at most {@code to}
   */
  int end(byte[] text, int from, int to);
}
