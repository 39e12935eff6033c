package dev.tunebeam.transforms.tokens;

/**
 * Counts tokens exactly as a model's encoding does.
 *
 * <p>Special tokens in a text, such as {@code <|endoftext|>}, are counted as ordinary text; a lone
 * surrogate counts as U+FFFD. An instance may keep mutable caches: one instance a thread.
 */
public interface TokenCounter {

  /** The number of tokens of {@code text}; 0 for an empty text. */
  int count(CharSequence text);
}
