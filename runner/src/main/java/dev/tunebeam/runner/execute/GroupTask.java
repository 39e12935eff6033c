package dev.tunebeam.runner.execute;

import dev.tunebeam.runner.plan.GroupStep;
import dev.tunebeam.runner.spill.GroupReader;
import dev.tunebeam.runner.spill.GroupReader.Group;
import dev.tunebeam.runner.spill.Groups;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValues;

/** Reads the keys of a partition with all of their values. */
record GroupTask(GroupStep step, Groups<Object> groups, int partition) implements Task {

  @Override
  public void run(Worker worker) throws Exception {
    Receiver output = worker.outputOf(step);
    GroupReader<Object> reader = groups.read(partition);
    for (Group<Object> group = reader.next(); group != null; group = reader.next()) {
      Object key = CoderUtils.decodeFromByteArray(step.keyCoder(), group.key());
      output.accept(
          WindowedValues.timestampedValueInGlobalWindow(
              KV.of(key, group.values()),
              GlobalWindow.INSTANCE.maxTimestamp(),
              PaneInfo.ON_TIME_AND_ONLY_FIRING));
      worker.endElement();
    }
  }
}
