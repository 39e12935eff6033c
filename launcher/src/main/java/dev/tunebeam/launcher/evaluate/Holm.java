package dev.tunebeam.launcher.evaluate;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Holm's correction: of several tests, the probability that any of them errs stays below 5 %. */
final class Holm {

  private Holm() {}

  /** The adjusted probabilities, in the order of the given ones, at most 1. */
  static double[] adjusted(double[] probabilities) {
    List<Integer> ascending =
        IntStream.range(0, probabilities.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> probabilities[i]))
            .toList();
    double[] adjusted = new double[probabilities.length];
    double most = 0;
    for (int rank = 0; rank < ascending.size(); rank++) {
      int at = ascending.get(rank);
      most = Math.max(most, Math.min(1, (ascending.size() - rank) * probabilities[at]));
      adjusted[at] = most;
    }
    return adjusted;
  }
}
