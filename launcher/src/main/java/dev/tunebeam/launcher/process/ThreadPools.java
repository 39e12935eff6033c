package dev.tunebeam.launcher.process;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** The end of threads that work side by side. */
public final class ThreadPools {

  private ThreadPools() {}

  /** Ends the threads and waits for what is in flight; nothing is sent or saved after this. */
  public static void end(ExecutorService threads) {
    threads.shutdownNow(); // interrupts threads that wait for a retry
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
