package dev.tunebeam.runner.execute;

import dev.tunebeam.runner.plan.CombineStep;
import dev.tunebeam.runner.spill.GroupBuffer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;

/**
 * Combines values as they come, and writes accumulators instead of them. Holds as many keys as fit
 * into its memory by the length of the accumulators that were written so far.
 */
final class CombineWriter extends Writer {

  private static final int KEYS_AT_FIRST = 1_000;
  private static final int LEAST_KEYS = 16;

  /** An object's size in memory by its encoded length, roughly. */
  private static final int EXPANSION = 8;

  private final CombineStep step;
  private final CombineFn<Object, Object, Object> fn;
  private final GroupBuffer<Object> buffer;
  private final long memory;
  private final MetricsContainer metrics;
  private final Map<Object, Combined> accumulators = new HashMap<>();
  private long mostKeys = KEYS_AT_FIRST;

  CombineWriter(
      StopSignal signal,
      CombineStep step,
      GroupBuffer<Object> buffer,
      long memory,
      MetricsContainer metrics) {
    super(signal);
    this.step = step;
    this.fn = SerializableUtils.clone(step.fn());
    this.buffer = buffer;
    this.memory = memory;
    this.metrics = metrics;
  }

  @Override
  void write(WindowedValue<Object> value) throws IOException {
    KV<?, ?> kv = (KV<?, ?>) value.getValue();
    MetricsContainer outer = MetricsEnvironment.setCurrentContainer(metrics);
    try {
      Object key = step.keyCoder().structuralValue(kv.getKey());
      Combined combined = accumulators.get(key);
      if (combined == null) {
        if (accumulators.size() >= mostKeys) {
          flush();
        }
        combined = new Combined(kv.getKey(), fn.createAccumulator());
        accumulators.put(key, combined);
      }
      combined.accumulator = fn.addInput(combined.accumulator, kv.getValue());
    } finally {
      MetricsEnvironment.setCurrentContainer(outer);
    }
  }

  private void flush() throws IOException {
    long bytes = 0;
    for (Combined combined : accumulators.values()) {
      byte[] key = CoderUtils.encodeToByteArray(step.keyCoder(), combined.key);
      bytes += key.length + buffer.add(key, fn.compact(combined.accumulator));
    }
    mostKeys = Math.max(LEAST_KEYS, memory * accumulators.size() / (EXPANSION * bytes));
    accumulators.clear();
  }

  @Override
  void finish() throws IOException {
    if (!accumulators.isEmpty()) {
      flush();
    }
    buffer.finish();
  }

  private static final class Combined {

    private final Object key;
    private Object accumulator;

    Combined(Object key, Object accumulator) {
      this.key = key;
      this.accumulator = accumulator;
    }
  }
}
