package dev.tunebeam.launcher.inference;

import java.util.List;

/**
 * A model's answer.
 *
 * @param text as it came
 * @param firstToken the alternatives of the first token, most likely first; empty if not asked for
 * @param cut whether it ended at the most tokens
 * @param inputTokens billed for the question
 * @param outputTokens billed for the answer
 */
public record Answer(
    String text,
    List<TokenProbability> firstToken,
    boolean cut,
    long inputTokens,
    long outputTokens) {

  /** Copies. */
  public Answer {
    firstToken = List.copyOf(firstToken);
  }
}
