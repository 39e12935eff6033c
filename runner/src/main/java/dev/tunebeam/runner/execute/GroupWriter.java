package dev.tunebeam.runner.execute;

import dev.tunebeam.runner.plan.GroupStep;
import dev.tunebeam.runner.spill.GroupBuffer;
import java.io.IOException;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;

/** Writes values to their keys. */
final class GroupWriter extends Writer {

  private final GroupStep step;
  private final GroupBuffer<Object> buffer;

  GroupWriter(StopSignal signal, GroupStep step, GroupBuffer<Object> buffer) {
    super(signal);
    this.step = step;
    this.buffer = buffer;
  }

  @Override
  void write(WindowedValue<Object> value) throws IOException {
    KV<?, ?> kv = (KV<?, ?>) value.getValue();
    buffer.add(CoderUtils.encodeToByteArray(step.keyCoder(), kv.getKey()), kv.getValue());
  }

  @Override
  void finish() {
    buffer.finish();
  }
}
