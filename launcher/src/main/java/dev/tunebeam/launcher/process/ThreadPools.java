package dev.tunebeam.launcher.process;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** The end of threads that work side by side. */
public final class ThreadPools {

  private ThreadPools() {}

  /** Interrupts the threads and waits for their ends; nothing is sent or saved after this. */
  public static void end(ExecutorService threads) {
    threads.shutdownNow(); // those that wait for a retry
    finish(threads);
  }

  /** Waits for the threads, however long they take; nothing is sent or saved after this. */
  public static void finish(ExecutorService threads) {
    threads.shutdown();
    boolean interrupted = false;
    while (!threads.isTerminated()) {
      try {
        threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
