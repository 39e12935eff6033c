package dev.tunebeam.runner.metrics;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.metrics.MetricName;
import org.apache.beam.sdk.metrics.StringSet;
import org.apache.beam.sdk.metrics.StringSetResult;

final class StringSetCell implements StringSet {

  private final MetricName name;
  private final Set<String> values = ConcurrentHashMap.newKeySet();

  StringSetCell(MetricName name) {
    this.name = name;
  }

  @Override
  public void add(String value) {
    values.add(value);
  }

  @Override
  public void add(String... more) {
    values.addAll(Arrays.asList(more));
  }

  @Override
  public MetricName getName() {
    return name;
  }

  StringSetResult result() {
    return StringSetResult.create(values);
  }
}
