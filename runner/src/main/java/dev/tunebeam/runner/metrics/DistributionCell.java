package dev.tunebeam.runner.metrics;

import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.DistributionResult;
import org.apache.beam.sdk.metrics.MetricName;

final class DistributionCell implements Distribution {

  private final MetricName name;
  private DistributionResult result = DistributionResult.IDENTITY_ELEMENT;

  DistributionCell(MetricName name) {
    this.name = name;
  }

  @Override
  public void update(long value) {
    update(value, 1, value, value);
  }

  @Override
  public synchronized void update(long sum, long count, long min, long max) {
    result =
        DistributionResult.create(
            result.getSum() + sum,
            result.getCount() + count,
            Math.min(result.getMin(), min),
            Math.max(result.getMax(), max));
  }

  @Override
  public MetricName getName() {
    return name;
  }

  synchronized DistributionResult result() {
    return result;
  }
}
