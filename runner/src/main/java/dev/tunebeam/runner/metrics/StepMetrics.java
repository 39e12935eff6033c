package dev.tunebeam.runner.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.metrics.BoundedTrie;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.metrics.MetricName;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.StringSet;

/** What one step counts, in all workers together. */
final class StepMetrics implements MetricsContainer {

  final Map<MetricName, CounterCell> counters = new ConcurrentHashMap<>();
  final Map<MetricName, DistributionCell> distributions = new ConcurrentHashMap<>();
  final Map<MetricName, GaugeCell> gauges = new ConcurrentHashMap<>();
  final Map<MetricName, StringSetCell> stringSets = new ConcurrentHashMap<>();
  final Map<MetricName, BoundedTrieCell> tries = new ConcurrentHashMap<>();

  @Override
  public Counter getCounter(MetricName name) {
    return counters.computeIfAbsent(name, CounterCell::new);
  }

  @Override
  public Distribution getDistribution(MetricName name) {
    return distributions.computeIfAbsent(name, DistributionCell::new);
  }

  @Override
  public Gauge getGauge(MetricName name) {
    return gauges.computeIfAbsent(name, GaugeCell::new);
  }

  @Override
  public StringSet getStringSet(MetricName name) {
    return stringSets.computeIfAbsent(name, StringSetCell::new);
  }

  @Override
  public BoundedTrie getBoundedTrie(MetricName name) {
    return tries.computeIfAbsent(name, BoundedTrieCell::new);
  }
}
