package dev.tunebeam.launcher.results;

import dev.tunebeam.launcher.results.TrainingMetrics.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An overfitting hint: the validation loss is higher at the end than at its minimum.
 *
 * <p>The loss over the full validation split has no sampling noise: a last value more than 1 %
 * above the minimum counts. The loss of single batches is noisy: the points are split into five
 * parts of equal length, and the mean of the last part must exceed the lowest mean by more than
 * three standard errors of the difference; fewer than 15 points give no hint.
 *
 * @param metric the loss
 * @param lowestStep the step of the minimum; for a noisy loss the middle of the lowest part
 * @param lowest the minimum; for a noisy loss the mean of the lowest part
 * @param last the last value; for a noisy loss the mean of the last part
 */
record Overfitting(Metric metric, long lowestStep, double lowest, double last) {

  private static final double RISE = 0.01;
  private static final int PARTS = 5;
  private static final int SMALLEST_PART = 3;
  private static final double STANDARD_ERRORS = 3;

  /** The hint; empty if the validation loss does not rise at the end or is unknown. */
  static Optional<Overfitting> of(TrainingMetrics metrics) {
    Metric loss = metrics.validationLoss();
    List<Point> points = metrics.series(loss);
    return loss == Metric.FULL_VALID_LOSS ? ofAll(points) : ofBatches(points);
  }

  private static Optional<Overfitting> ofAll(List<Point> points) {
    return TrainingMetrics.lowest(points)
        .map(
            lowest ->
                new Overfitting(
                    Metric.FULL_VALID_LOSS,
                    lowest.step(),
                    lowest.value(),
                    points.get(points.size() - 1).value()))
        .filter(hint -> hint.last > hint.lowest + RISE * Math.abs(hint.lowest));
  }

  private static Optional<Overfitting> ofBatches(List<Point> points) {
    int length = points.size() / PARTS;
    if (length < SMALLEST_PART) {
      return Optional.empty();
    }
    // The remainder is dropped from the start, where every loss falls.
    List<Point> means = new ArrayList<>();
    double squares = 0;
    for (int start = points.size() % PARTS; start < points.size(); start += length) {
      List<Point> part = points.subList(start, start + length);
      double mean = part.stream().mapToDouble(Point::value).average().orElseThrow();
      squares += part.stream().mapToDouble(p -> Math.pow(p.value() - mean, 2)).sum();
      means.add(new Point(part.get(length / 2).step(), mean));
    }
    double variance = squares / (PARTS * (length - 1));
    double standardError = Math.sqrt(2 * variance / length);
    double last = means.get(PARTS - 1).value();
    return TrainingMetrics.lowest(means)
        .filter(lowest -> last > lowest.value() + STANDARD_ERRORS * standardError)
        .map(lowest -> new Overfitting(Metric.VALID_LOSS, lowest.step(), lowest.value(), last));
  }

  /** The hint as a sentence. */
  String text() {
    boolean noisy = metric == Metric.VALID_LOSS;
    return String.format(
        Locale.ROOT,
        "Possible overfitting: %s was lowest %s step %,d (%s%.4f) and is %s%.4f at the end."
            + " Use a checkpoint near that step, or train for fewer epochs.",
        metric.title(),
        noisy ? "around" : "at",
        lowestStep,
        noisy ? "mean " : "",
        lowest,
        noisy ? "mean " : "",
        last);
  }
}
