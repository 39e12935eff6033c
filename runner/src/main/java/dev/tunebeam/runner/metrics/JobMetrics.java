package dev.tunebeam.runner.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.apache.beam.sdk.metrics.MetricFiltering;
import org.apache.beam.sdk.metrics.MetricKey;
import org.apache.beam.sdk.metrics.MetricName;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.MetricsFilter;

/**
 * What all steps of a job count. Can be asked at any time; nothing is ever tried twice, so what was
 * attempted is committed.
 */
public final class JobMetrics extends MetricResults {

  private final Map<String, StepMetrics> steps = new ConcurrentSkipListMap<>();

  /** The metrics of the step with this full name. */
  public MetricsContainer step(String name) {
    return steps.computeIfAbsent(name, unused -> new StepMetrics());
  }

  @Override
  public MetricQueryResults queryMetrics(MetricsFilter filter) {
    return MetricQueryResults.create(
        results(filter, step -> step.counters, CounterCell::result),
        results(filter, step -> step.distributions, DistributionCell::result),
        results(filter, step -> step.gauges, GaugeCell::result),
        results(filter, step -> step.stringSets, StringSetCell::result),
        results(filter, step -> step.tries, BoundedTrieCell::result),
        List.of());
  }

  private <C, R> List<MetricResult<R>> results(
      MetricsFilter filter,
      Function<StepMetrics, Map<MetricName, C>> cells,
      Function<C, R> result) {
    List<MetricResult<R>> results = new ArrayList<>();
    steps.forEach(
        (name, step) ->
            cells
                .apply(step)
                .forEach(
                    (metric, cell) -> {
                      MetricKey key = MetricKey.create(name, metric);
                      if (MetricFiltering.matches(filter, key)) {
                        results.add(MetricResult.create(key, true, result.apply(cell)));
                      }
                    }));
    return results;
  }
}
