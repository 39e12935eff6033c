package dev.tunebeam.runner.execute;

import dev.tunebeam.runner.plan.CombineStep;
import dev.tunebeam.runner.plan.Consumer;
import dev.tunebeam.runner.plan.GroupStep;
import dev.tunebeam.runner.plan.StoredStep;
import dev.tunebeam.runner.plan.ViewStep;
import dev.tunebeam.runner.spill.Groups;
import dev.tunebeam.runner.spill.Storage;
import dev.tunebeam.runner.spill.StoredValues;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.WindowedValue;

/** What is stored between the levels of a job, by the step that reads it. */
final class Stores implements AutoCloseable {

  private static final int PARTITIONS_PER_WORKER = 16;

  private final Storage storage;
  private final Map<StoredStep, Groups<Object>> groups = new ConcurrentHashMap<>();
  private final Map<Consumer, StoredValues<WindowedValue<Object>>> elements =
      new ConcurrentHashMap<>();
  private final Map<ViewStep, StoredValues<Object>> views = new ConcurrentHashMap<>();

  Stores(Storage storage) {
    this.storage = storage;
  }

  Storage storage() {
    return storage;
  }

  Groups<Object> groups(GroupStep step) {
    return groups.computeIfAbsent(step, unused -> newGroups(step.valueCoder()));
  }

  Groups<Object> accumulators(CombineStep step) {
    return groups.computeIfAbsent(step, unused -> newGroups(step.accumulatorCoder()));
  }

  private Groups<Object> newGroups(Coder<Object> coder) {
    return new Groups<>(storage, coder, PARTITIONS_PER_WORKER * storage.workers());
  }

  /** Elements for a Reshuffle, or for a function that waits for its side inputs. */
  StoredValues<WindowedValue<Object>> elements(Consumer step) {
    return elements.computeIfAbsent(
        step, unused -> new StoredValues<>(new ElementCoder(coderOf(step.input()))));
  }

  StoredValues<Object> values(ViewStep step) {
    return views.computeIfAbsent(step, unused -> new StoredValues<>(coderOf(step.input())));
  }

  @SuppressWarnings("unchecked") // The elements are what the pipeline made them.
  private static Coder<Object> coderOf(PCollection<?> collection) {
    return (Coder<Object>) collection.getCoder();
  }

  /** Gives back what was stored for a step, if anything. */
  void close(Consumer step) {
    if (step instanceof StoredStep stored && groups.containsKey(stored)) {
      groups.get(stored).close();
    }
    if (elements.containsKey(step)) {
      elements.get(step).close();
    }
  }

  @Override
  public void close() {
    groups.values().forEach(Groups::close);
    elements.values().forEach(StoredValues::close);
    views.values().forEach(StoredValues::close);
  }
}
