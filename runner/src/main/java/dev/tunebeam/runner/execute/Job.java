package dev.tunebeam.runner.execute;

import dev.tunebeam.runner.metrics.JobMetrics;
import dev.tunebeam.runner.plan.ParDoStep;
import dev.tunebeam.runner.plan.Plan;
import dev.tunebeam.runner.plan.ViewStep;
import dev.tunebeam.runner.spill.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A plan that is run once. */
public final class Job {

  private static final Logger LOG = LoggerFactory.getLogger(Job.class);

  private final Plan plan;
  private final PipelineOptions options;
  private final JobMetrics metrics = new JobMetrics();
  private final Stores stores;
  private final SideInputs sideInputs;
  private final ExecutorService threads;
  private final StopSignal signal;
  private final List<Worker> workers = new ArrayList<>();

  /** A job that stores what it must keep as {@code storage} says; it has as many workers. */
  public Job(Plan plan, PipelineOptions options, Storage storage) {
    this.plan = plan;
    this.options = options;
    this.stores = new Stores(storage);
    this.sideInputs =
        new SideInputs(
            stores,
            plan.steps().stream()
                .filter(ViewStep.class::isInstance)
                .map(ViewStep.class::cast)
                .toList());
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            storage.workers(),
            task -> new Thread(task, "local-runner-" + number.incrementAndGet()));
    this.signal = new StopSignal(() -> workers.forEach(Worker::interrupt));
    for (int i = 0; i < storage.workers(); i++) {
      workers.add(new Worker(this));
    }
  }

  /**
   * Runs the plan to its end, or until it fails or is cancelled. Then no thread runs any more and
   * nothing is stored.
   *
   * @return why it failed, null if it did not
   */
  public @Nullable Throwable run() {
    try {
      runLevels();
    } catch (Throwable e) {
      signal.fail(e);
    } finally {
      workers.forEach(Worker::tearDown);
      awaitThreads();
      stores.close();
    }
    return signal.failure();
  }

  /** They have nothing to do any more. */
  private void awaitThreads() {
    threads.shutdown();
    try {
      threads.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void runLevels() throws Exception {
    Tasks tasks = new Tasks(plan, stores, options, metrics);
    for (int level = 0; level < plan.levels() && !signal.isStopped(); level++) {
      Queue<Task> queue = new ConcurrentLinkedQueue<>(tasks.of(level));
      int current = level;
      List<Callable<Void>> runs = new ArrayList<>();
      for (Worker worker : workers.subList(0, Math.min(workers.size(), queue.size()))) {
        runs.add(
            () -> {
              worker.run(current, queue);
              return null;
            });
      }
      threads.invokeAll(runs);
      tasks.closeReadOn(level);
    }
  }

  /** Stops the job soon. */
  public void cancel() {
    signal.cancel();
  }

  /** What the steps have counted so far. */
  public JobMetrics metrics() {
    return metrics;
  }

  Plan plan() {
    return plan;
  }

  Stores stores() {
    return stores;
  }

  StopSignal signal() {
    return signal;
  }

  DoFnHost newHost(ParDoStep step) {
    return new DoFnHost(step, options, sideInputs, metrics.step(step.name()), signal);
  }

  /** What a function throws when all is over changes nothing any more, and is told. */
  void tearDown(DoFnHost host) {
    try {
      host.tearDown();
    } catch (RuntimeException e) {
      LOG.warn("{}: its teardown failed", host, e);
    }
  }
}
