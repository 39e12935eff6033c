package dev.tunebeam.runner.metrics;

import java.util.concurrent.atomic.LongAdder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.MetricName;

final class CounterCell implements Counter {

  private final MetricName name;
  private final LongAdder value = new LongAdder();

  CounterCell(MetricName name) {
    this.name = name;
  }

  @Override
  public void inc() {
    value.increment();
  }

  @Override
  public void inc(long n) {
    value.add(n);
  }

  @Override
  public void dec() {
    value.decrement();
  }

  @Override
  public void dec(long n) {
    value.add(-n);
  }

  @Override
  public MetricName getName() {
    return name;
  }

  long result() {
    return value.sum();
  }
}
