package dev.tunebeam.pipelines.prepare;

/** Loads in the background what is needed soon, so that nobody has to wait for it then. */
public final class Preload {

  private Preload() {}

  /** Starts it. If it fails, nothing is said: whoever needs it will fail in the same way. */
  public static void start(Runnable load) {
    Thread thread = new Thread(load, "preload");
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((failed, failure) -> {});
    thread.start();
  }
}
