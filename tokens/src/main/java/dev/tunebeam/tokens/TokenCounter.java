package dev.tunebeam.tokens;

import java.nio.charset.StandardCharsets;

/**
 * Counts tokens exactly as a model's encoding does.
 *
 * <p>Special tokens in a text, such as {@code <|endoftext|>}, are counted as ordinary text; a lone
 * surrogate counts as U+FFFD. Not thread-safe: an instance may hold mutable caches.
 */
public interface TokenCounter {

  /** The number of tokens of {@code text}; 0 for an empty text. */
  int count(CharSequence text);

  /**
   * The number of tokens of a text in UTF-8; 0 for an empty text. Invalid bytes count as U+FFFD, as
   * decoded by {@link String#String(byte[], java.nio.charset.Charset)}.
   *
   * @param from the first byte
   * @param to the byte after the last
   */
  default int count(byte[] utf8, int from, int to) {
    return count(new String(utf8, from, to - from, StandardCharsets.UTF_8));
  }
}
