package dev.tunebeam.launcher.results;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a training job by step, as its provider reports them. Memory: about 300 bytes per
 * step.
 *
 * @param steps in ascending order, without duplicates
 * @param repeatedRows rows with the step of an earlier row, whose values they replaced
 * @param unknownColumns names of columns without a {@link Metric}, in the file's order; their
 *     values are dropped
 */
public record TrainingMetrics(List<Step> steps, int repeatedRows, List<String> unknownColumns) {

  /** Checks the order of the steps. */
  public TrainingMetrics {
    steps = List.copyOf(steps);
    unknownColumns = List.copyOf(unknownColumns);
    for (int i = 1; i < steps.size(); i++) {
      if (steps.get(i - 1).step() >= steps.get(i).step()) {
        throw new IllegalArgumentException(
            "step " + steps.get(i).step() + " comes after step " + steps.get(i - 1).step());
      }
    }
  }

  /**
   * One step.
   *
   * @param step its number, from 0
   * @param values the metrics of the step; NaN or infinite if training diverged
   */
  record Step(long step, Map<Metric, Double> values) {

    /** Copies the values. */
    public Step {
      if (step < 0) {
        throw new IllegalArgumentException("step " + step + " is below 0");
      }
      Map<Metric, Double> copy = new EnumMap<>(Metric.class);
      copy.putAll(values);
      values = Collections.unmodifiableMap(copy);
    }

    /** The value, null if it is missing. */
    @Nullable Double value(Metric metric) {
      return values.get(metric);
    }
  }

  /** A finite value and its step. */
  record Point(long step, double value) {}

  /** The finite values of a metric, by step. */
  List<Point> series(Metric metric) {
    return steps.stream()
        .filter(step -> isFinite(step.value(metric)))
        .map(step -> new Point(step.step(), step.values().getOrDefault(metric, Double.NaN)))
        .toList();
  }

  /** Whether the metric has a finite value. */
  boolean has(Metric metric) {
    return steps.stream().anyMatch(step -> isFinite(step.value(metric)));
  }

  /** Whether there is anything to show or draw. */
  public boolean hasFigures() {
    for (Metric metric : Metric.values()) {
      if (has(metric)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The point with the lowest validation loss, the earliest on ties. Uses the full validation loss
   * if it has at least two values, else the batch loss; empty if there is no validation.
   */
  Optional<Point> best() {
    return lowest(series(validationLoss()));
  }

  /** The loss that {@link #best} compares. */
  Metric validationLoss() {
    int full = series(Metric.FULL_VALID_LOSS).size();
    return full >= 2 || (full == 1 && !has(Metric.VALID_LOSS))
        ? Metric.FULL_VALID_LOSS
        : Metric.VALID_LOSS;
  }

  /** The first step with a loss that is not finite: training diverged there. */
  Optional<Long> diverged() {
    return steps.stream()
        .filter(
            step ->
                diverged(step.value(Metric.TRAIN_LOSS))
                    || diverged(step.value(Metric.VALID_LOSS))
                    || diverged(step.value(Metric.FULL_VALID_LOSS)))
        .map(Step::step)
        .findFirst();
  }

  static Optional<Point> lowest(List<Point> points) {
    Point lowest = null;
    for (Point point : points) {
      if (lowest == null || point.value() < lowest.value()) {
        lowest = point;
      }
    }
    return Optional.ofNullable(lowest);
  }

  private static boolean diverged(@Nullable Double value) {
    return value != null && !Double.isFinite(value);
  }

  private static boolean isFinite(@Nullable Double value) {
    return value != null && Double.isFinite(value);
  }
}
