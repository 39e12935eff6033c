package dev.tunebeam.runner.execute;

import dev.tunebeam.runner.plan.CombineStep;
import dev.tunebeam.runner.spill.GroupReader;
import dev.tunebeam.runner.spill.GroupReader.Group;
import dev.tunebeam.runner.spill.Groups;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValues;

/** Reads the keys of a partition, each with what its accumulators come to. */
record CombineTask(
    CombineStep step, Groups<Object> accumulators, int partition, MetricsContainer metrics)
    implements Task {

  @Override
  public void run(Worker worker) throws Exception {
    Receiver output = worker.outputOf(step);
    CombineFn<Object, Object, Object> fn = SerializableUtils.clone(step.fn());
    GroupReader<Object> reader = accumulators.read(partition);
    for (Group<Object> group = reader.next(); group != null; group = reader.next()) {
      Object key = CoderUtils.decodeFromByteArray(step.keyCoder(), group.key());
      output.accept(
          WindowedValues.timestampedValueInGlobalWindow(
              KV.of(key, combine(fn, group.values())),
              GlobalWindow.INSTANCE.maxTimestamp(),
              PaneInfo.ON_TIME_AND_ONLY_FIRING));
      worker.endElement();
    }
  }

  private Object combine(CombineFn<Object, Object, Object> fn, Iterable<Object> values) {
    MetricsContainer outer = MetricsEnvironment.setCurrentContainer(metrics);
    try {
      return fn.extractOutput(fn.mergeAccumulators(values));
    } finally {
      MetricsEnvironment.setCurrentContainer(outer);
    }
  }
}
