package dev.tunebeam.runner.execute;

import dev.tunebeam.runner.plan.CombineStep;
import dev.tunebeam.runner.plan.Consumer;
import dev.tunebeam.runner.plan.GroupStep;
import dev.tunebeam.runner.plan.ParDoStep;
import dev.tunebeam.runner.plan.ReshuffleStep;
import dev.tunebeam.runner.plan.Root;
import dev.tunebeam.runner.plan.Step;
import dev.tunebeam.runner.plan.ViewStep;
import dev.tunebeam.runner.spill.WorkerBuffers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;
import org.jspecify.annotations.Nullable;

/** One of the threads of a job: takes tasks of a level, with its own functions and buffers. */
final class Worker {

  /** A bundle is at most so many elements that were read, and at most a level. */
  private static final int BUNDLE = 50_000;

  private final Job job;
  private final Map<ParDoStep, DoFnHost> hosts = new HashMap<>();
  private final Map<Consumer, Receiver> receivers = new HashMap<>();
  private final List<Writer> writers = new ArrayList<>();
  private WorkerBuffers buffers;
  private int level;
  private int elements;
  private volatile @Nullable Thread thread;

  Worker(Job job) {
    this.job = job;
    this.buffers = new WorkerBuffers(job.stores().storage());
  }

  /** Runs tasks until there are no more. */
  void run(int nextLevel, Queue<Task> tasks) {
    level = nextLevel;
    buffers = new WorkerBuffers(job.stores().storage());
    receivers.clear();
    writers.clear();
    thread = Thread.currentThread();
    try {
      for (@Nullable Task task = tasks.poll(); task != null; task = tasks.poll()) {
        job.signal().check();
        task.run(this);
      }
      finishBundles();
      for (Writer writer : writers) {
        writer.finish();
      }
    } catch (Throwable e) {
      job.signal().fail(e);
    } finally {
      thread = null;
      boolean unused = Thread.interrupted(); // Meant for what was just run.
    }
  }

  /** Wakes the worker if it waits for something. */
  void interrupt() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  /** To be called by a task behind each element that it has read. */
  void endElement() {
    job.signal().check();
    if (++elements == BUNDLE) {
      finishBundles();
    }
  }

  /** In the order of the pipeline, since the end of a bundle may put out elements too. */
  private void finishBundles() {
    elements = 0;
    for (Step step : job.plan().steps()) {
      if (step instanceof ParDoStep parDo && receivers.get(parDo) instanceof DoFnHost host) {
        host.finishBundle();
      }
    }
  }

  /** Tears the functions down and holds nothing any more: the result of a job may live long. */
  void tearDown() {
    for (DoFnHost host : hosts.values()) {
      job.tearDown(host);
    }
    hosts.clear();
    receivers.clear();
    writers.clear();
    buffers = new WorkerBuffers(job.stores().storage());
  }

  /** Where a task's elements go. */
  Receiver outputOf(Root root) {
    return inputOf(job.plan().consumersOf(root, level));
  }

  Receiver inputOf(List<Consumer> consumers) {
    return Receiver.toAll(consumers.stream().map(this::inputOf).toList());
  }

  private Receiver inputOf(Consumer consumer) {
    Receiver known = receivers.get(consumer);
    if (known == null) {
      known = consumer instanceof ParDoStep parDo ? functionOrStore(parDo) : writer(consumer);
      receivers.put(consumer, known);
    }
    return known;
  }

  private Receiver functionOrStore(ParDoStep step) {
    if (level < step.firstLevel()) {
      return elementWriter(step);
    }
    DoFnHost host = hosts.computeIfAbsent(step, job::newHost);
    Map<TupleTag<?>, Receiver> outputs = new HashMap<>();
    step.outputs()
        .forEach((tag, output) -> outputs.put(tag, inputOf(job.plan().consumersOf(output))));
    host.connect(new Outputs(step.mainTag(), outputs));
    return host;
  }

  private Writer writer(Consumer consumer) {
    if (consumer instanceof GroupStep group) {
      return added(
          new GroupWriter(job.signal(), group, job.stores().groups(group).buffer(buffers)));
    }
    if (consumer instanceof CombineStep combine) {
      return added(
          new CombineWriter(
              job.signal(),
              combine,
              job.stores().accumulators(combine).buffer(buffers),
              job.stores().storage().leastPerWorker(),
              job.metrics().step(combine.name())));
    }
    if (consumer instanceof ViewStep view) {
      return added(
          new StoreWriter<>(
              job.signal(),
              job.stores().values(view).buffer(buffers),
              WindowedValue<Object>::getValue));
    }
    if (consumer instanceof ReshuffleStep) {
      return elementWriter(consumer);
    }
    throw new IllegalStateException("no writer for " + consumer.name());
  }

  private Writer elementWriter(Consumer consumer) {
    return added(
        new StoreWriter<>(
            job.signal(), job.stores().elements(consumer).buffer(buffers), element -> element));
  }

  private Writer added(Writer writer) {
    writers.add(writer);
    return writer;
  }
}
