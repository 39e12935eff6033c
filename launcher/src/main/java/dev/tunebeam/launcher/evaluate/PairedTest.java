package dev.tunebeam.launcher.evaluate;

/**
 * What a test of two models on the same rows has computed; all tests are one-sided, at 5 %.
 *
 * @param difference the score of the model minus that of the other one, -1 to 1
 * @param lowerBound with 95 % confidence the difference is at least that
 * @param better probability of a difference like that or above if the model were not better
 * @param worse probability of a difference like that or below if the model were not worse
 * @param spread mean square of the differences of the rows: for right and wrong the share of the
 *     rows on which the models disagree
 * @param rows that both have answered
 */
record PairedTest(
    double difference, double lowerBound, double better, double worse, double spread, long rows) {

  /** One-sided error probability, here and in each test. */
  static final double LEVEL = 0.05;

  /** The normal quantile of 95 %. */
  static final double Z = 1.6448536269514722;

  /** (1.645 + 0.842)², for 5 % one-sided and 80 % power, as it is usually rounded. */
  private static final double POWER = 6.2;

  /**
   * The verdict. Better comes before not worse, and not worse before worse: a model that is worse
   * by less than the margin is one that the margin allows.
   *
   * @param margin by how much it may be worse, above 0
   */
  Verdict verdict(double margin) {
    if (better < LEVEL) {
      return Verdict.BETTER;
    }
    if (lowerBound >= -margin) {
      return Verdict.NOT_WORSE;
    }
    return worse < LEVEL ? Verdict.WORSE : Verdict.NO_EVIDENCE;
  }

  /**
   * How many rows show with 80 % probability that the model is not worse by the margin, if both are
   * equally good. Where the models hardly ever disagree it is the number of rows from which no
   * disagreement at all says so.
   */
  long rowsNeeded(double margin) {
    double byPower = POWER * spread / (margin * margin);
    // Not one more for what is lost in binary.
    return (long) Math.ceil(Math.max(byPower, fewest(margin)) * (1 - 1e-12));
  }

  /** How many rows without a disagreement bound the difference by the margin. */
  static double fewest(double margin) {
    return Z * Z * (1 - margin) / margin;
  }
}
