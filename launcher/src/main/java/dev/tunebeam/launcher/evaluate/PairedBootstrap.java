package dev.tunebeam.launcher.evaluate;

import java.util.Arrays;
import java.util.Random;

/**
 * The paired bootstrap of two models with scores on the same rows: the rows are drawn again, with
 * replacement, 1,000 times. p = (c + 1) / (1,000 + 1), where c counts the draws whose mean is as
 * far from the observed one as that is from 0; the bound is the 5th percentile of the means, or
 * lower what so many rows bound if none differs. The seed is fixed and {@link Random} is specified
 * to the bit, so the figures are the same everywhere.
 */
final class PairedBootstrap {

  private static final int DRAWS = 1_000;
  private static final long SEED = 12_345;

  /** With fewer rows the draws say nothing of rows that are not there. */
  private static final int FEWEST = 30;

  private PairedBootstrap() {}

  /**
   * Tests a model against another one.
   *
   * @param differences of the scores (0 to 1) of each row, the model's minus the other's; their
   *     order matters
   */
  static PairedTest of(double[] differences) {
    int rows = differences.length;
    double observed = mean(differences);
    double spread = mean(Arrays.stream(differences).map(each -> each * each).toArray());
    if (rows < FEWEST) {
      return new PairedTest(observed, -1, 1, 1, spread, rows);
    }
    Random random = new Random(SEED);
    double[] means = new double[DRAWS];
    int above = 0;
    int below = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      double sum = 0;
      for (int i = 0; i < rows; i++) {
        sum += differences[random.nextInt(rows)];
      }
      means[draw] = sum / rows;
      above += means[draw] - observed >= observed ? 1 : 0;
      below += means[draw] - observed <= observed ? 1 : 0;
    }
    Arrays.sort(means);
    double place = PairedTest.LEVEL * (DRAWS - 1);
    int at = (int) place;
    double percentile = means[at] + (means[at + 1] - means[at]) * (place - at);
    // Draws of rows that are alike have no spread, however few they are.
    double alike = observed - PairedTest.Z * PairedTest.Z / (rows + PairedTest.Z * PairedTest.Z);
    return new PairedTest(
        observed,
        Math.min(alike, percentile),
        (above + 1.0) / (DRAWS + 1),
        (below + 1.0) / (DRAWS + 1),
        spread,
        rows);
  }

  private static double mean(double[] values) {
    return values.length == 0 ? 0 : Arrays.stream(values).sum() / values.length;
  }
}
