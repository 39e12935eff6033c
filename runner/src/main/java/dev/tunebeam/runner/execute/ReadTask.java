package dev.tunebeam.runner.execute;

import dev.tunebeam.runner.plan.ReadStep;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.io.BoundedSource.BoundedReader;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.joda.time.Instant;

/** Reads a part of a source. */
record ReadTask(
    ReadStep step, BoundedSource<?> part, PipelineOptions options, MetricsContainer metrics)
    implements Task {

  @Override
  public void run(Worker worker) throws Exception {
    Receiver output = worker.outputOf(step);
    MetricsContainer outer = MetricsEnvironment.setCurrentContainer(metrics);
    try (BoundedReader<?> reader = part.createReader(options)) {
      for (boolean more = reader.start(); more; more = reader.advance()) {
        output.accept(element(reader.getCurrent(), reader.getCurrentTimestamp()));
        worker.endElement();
      }
    } finally {
      MetricsEnvironment.setCurrentContainer(outer);
    }
  }

  private static WindowedValue<Object> element(Object value, Instant timestamp) {
    return timestamp.equals(BoundedWindow.TIMESTAMP_MIN_VALUE)
        ? WindowedValues.valueInGlobalWindow(value)
        : WindowedValues.timestampedValueInGlobalWindow(value, timestamp);
  }
}
