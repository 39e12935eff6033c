package dev.tunebeam.launcher.results;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a training job by step, as its provider reports them. In memory: about 300 bytes a
 * step.
 *
 * @param steps by ascending step, each step once
 * @param repeatedRows rows whose step an earlier row had; their figures replaced the earlier ones
 * @param unknownColumns names of columns that are no {@link Metric}, in the file's order; their
 *     values are not kept
 */
public record TrainingMetrics(List<Step> steps, int repeatedRows, List<String> unknownColumns) {

  /** Checks the order of the steps. */
  public TrainingMetrics {
    steps = List.copyOf(steps);
    unknownColumns = List.copyOf(unknownColumns);
    for (int i = 1; i < steps.size(); i++) {
      if (steps.get(i - 1).step() >= steps.get(i).step()) {
        throw new IllegalArgumentException(
            "step " + steps.get(i).step() + " stands behind step " + steps.get(i - 1).step());
      }
    }
  }

  /**
   * One step.
   *
   * @param step its number, from 0
   * @param values what is known of it; may be no number or infinite, where a training diverged
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

    /** The figure, null where the file has a blank. */
    @Nullable Double value(Metric metric) {
      return values.get(metric);
    }
  }

  /** A finite figure and its step. */
  record Point(long step, double value) {}

  /** The finite figures of one kind, by step. */
  List<Point> series(Metric metric) {
    return steps.stream()
        .filter(step -> isFinite(step.value(metric)))
        .map(step -> new Point(step.step(), step.values().getOrDefault(metric, Double.NaN)))
        .toList();
  }

  /** Whether there is any finite figure of this kind. */
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

  /** The last finite figure of this kind. */
  Optional<Point> last(Metric metric) {
    List<Point> series = series(metric);
    return series.isEmpty() ? Optional.empty() : Optional.of(series.get(series.size() - 1));
  }

  /**
   * The point with the lowest validation loss, the earliest of equal ones. Of the losses over all
   * validation examples where there are at least two of them, else of those over a batch; empty
   * where there is no validation.
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

  /** The first step with a loss that is no finite number: the training diverged there. */
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
