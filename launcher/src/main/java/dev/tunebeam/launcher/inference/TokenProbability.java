package dev.tunebeam.launcher.inference;

/**
 * A token that could have been the first of an answer.
 *
 * @param token its text, with a leading blank where it has one
 * @param logProbability natural logarithm of its probability, as providers report it; negative
 *     infinity for none
 */
public record TokenProbability(String token, double logProbability) {

  /** Checks that the logarithm is a number. */
  public TokenProbability {
    if (Double.isNaN(logProbability)) {
      throw new IllegalArgumentException("the log probability of \"" + token + "\" is no number");
    }
  }
}
