package dev.tunebeam.launcher.inference;

import java.util.List;

/**
 * A model's response.
 *
 * @param text the unchanged text
 * @param firstToken the top logprobs of the first token, most likely first; empty if not requested
 * @param truncated whether it ended at {@code maxTokens}
 * @param inputTokens billed input tokens
 * @param outputTokens billed output tokens
 */
public record Answer(
    String text,
    List<TokenProbability> firstToken,
    boolean truncated,
    long inputTokens,
    long outputTokens) {

  /** Copies. */
  public Answer {
    firstToken = List.copyOf(firstToken);
  }
}
