package dev.tunebeam.runner.metrics;

import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.metrics.GaugeResult;
import org.apache.beam.sdk.metrics.MetricName;
import org.joda.time.Instant;

/** The last value that was set; its time is part of Beam's gauges and of no other result. */
final class GaugeCell implements Gauge {

  private final MetricName name;
  private volatile GaugeResult result = GaugeResult.empty();

  GaugeCell(MetricName name) {
    this.name = name;
  }

  @Override
  public void set(long value) {
    result = GaugeResult.create(value, Instant.now());
  }

  @Override
  public MetricName getName() {
    return name;
  }

  GaugeResult result() {
    return result;
  }
}
