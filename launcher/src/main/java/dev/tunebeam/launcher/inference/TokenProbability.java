package dev.tunebeam.launcher.inference;

/**
 * A candidate for the first token of an answer.
 *
 * @param token its text, including a leading space
 * @param logProbability natural logarithm of its probability, as providers report it; negative
 *     infinity for probability 0
 */
public record TokenProbability(String token, double logProbability) {

  /** Rejects NaN. */
  public TokenProbability {
    if (Double.isNaN(logProbability)) {
      throw new IllegalArgumentException(
          "the log probability of \"" + token + "\" is not a number");
    }
  }
}
