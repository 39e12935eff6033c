package dev.tunebeam.runner;

import dev.tunebeam.runner.execute.Job;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline.PipelineExecutionException;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/** A job that runs on threads of its own. */
final class LocalResult implements PipelineResult {

  private final Job job;
  private final CountDownLatch end = new CountDownLatch(1);
  private State state = State.RUNNING;
  private @Nullable Throwable failure;

  private LocalResult(Job job) {
    this.job = job;
  }

  static LocalResult start(Job job) {
    LocalResult result = new LocalResult(job);
    new Thread(result::run, "local-runner").start();
    return result;
  }

  private void run() {
    Throwable thrown = job.run();
    synchronized (this) {
      failure = thrown;
      if (state == State.RUNNING) {
        state = thrown == null ? State.DONE : State.FAILED;
      }
    }
    end.countDown();
  }

  @Override
  public synchronized State getState() {
    return state;
  }

  /** Stops the job; {@link #waitUntilFinish()} waits until its threads have ended. */
  @Override
  public State cancel() {
    synchronized (this) {
      if (state == State.RUNNING) {
        state = State.CANCELLED;
      }
    }
    job.cancel();
    return getState();
  }

  @Override
  public State waitUntilFinish() {
    return waitUntilFinish(Duration.ZERO);
  }

  /**
   * Waits for the end.
   *
   * @param duration at most so long; without end if it is less than a millisecond
   * @return null if it has not ended by then
   * @throws PipelineExecutionException with what a function threw as its cause
   * @throws IllegalStateException if the thread that waits is interrupted; the job is cancelled
   *     then
   */
  @Override
  @SuppressWarnings("NullAway") // Beam promises null, without an annotation.
  public State waitUntilFinish(Duration duration) {
    try {
      if (duration.getMillis() < 1) {
        end.await();
      } else if (!end.await(duration.getMillis(), TimeUnit.MILLISECONDS)) {
        return null;
      }
    } catch (InterruptedException e) {
      cancel();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the pipeline", e);
    }
    synchronized (this) {
      if (state == State.FAILED && failure != null) {
        throw new PipelineExecutionException(failure);
      }
      return state;
    }
  }

  @Override
  public MetricResults metrics() {
    return job.metrics();
  }
}
