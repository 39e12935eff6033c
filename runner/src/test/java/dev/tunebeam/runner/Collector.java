package dev.tunebeam.runner;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.transforms.DoFn;

/** Keeps what it is given, for the test that made it: the runner is in the same process. */
final class Collector<T> extends DoFn<T, Void> {

  private static final AtomicLong IDS = new AtomicLong();
  private static final Map<Long, Queue<Object>> VALUES = new ConcurrentHashMap<>();

  private final long id = IDS.incrementAndGet();

  /** Called by Beam. */
  @ProcessElement
  public void processElement(@Element T element) {
    queue().add(element);
  }

  @SuppressWarnings("unchecked") // Only elements are added.
  List<T> values() {
    return (List<T>) List.copyOf(queue());
  }

  private Queue<Object> queue() {
    return VALUES.computeIfAbsent(id, unused -> new ConcurrentLinkedQueue<>());
  }
}
