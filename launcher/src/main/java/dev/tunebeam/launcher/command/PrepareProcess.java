package dev.tunebeam.launcher.command;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.IoReason;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.process.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code prepare} as a process of its own, through the start script: it needs Beam, which the
 * launcher does without. It ends with this process, however that is asked to end.
 */
final class PrepareProcess {

  /** The start script tells its path to the launcher in this system property. */
  static final String START = "tunebeam.start";

  private static final int SECONDS_TO_END = 10;

  private final Shell shell;
  private final boolean json;

  /**
   * @param json whether the standard output is for a program; then nothing is written to it
   */
  PrepareProcess(Shell shell, boolean json) {
    this.shell = shell;
    this.json = json;
  }

  /**
   * Runs it to its end.
   *
   * @param flags of prepare
   * @return its exit code
   */
  int run(List<String> flags) {
    String script = System.getProperty(START);
    if (script == null) {
      throw LauncherException.wrongUse(
          "run starts prepare through the start script: call it as ./tunebeam run");
    }
    List<String> command = new ArrayList<>(List.of(script, "prepare"));
    command.addAll(flags);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(shell.folder().toAbsolutePath().toFile());
    // At a terminal it draws its own progress line there.
    boolean attended = shell.terminal() && !json;
    if (attended) {
      builder.inheritIO();
    }
    try {
      Process process = builder.start();
      Thread end = new Thread(() -> end(process), "end of prepare");
      Runtime.getRuntime().addShutdownHook(end);
      try {
        return attended ? process.waitFor() : relayed(process);
      } finally {
        if (process.isAlive()) {
          end(process);
        }
        forget(end);
      }
    } catch (IOException e) {
      throw new LauncherException(
          ExitCode.FAILED, "prepare cannot be started: " + IoReason.of(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LauncherException(ExitCode.FAILED, "interrupted while prepare ran", e);
    }
  }

  private int relayed(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    Thread report =
        relay(process.getInputStream(), json ? shell.err() : shell.out(), "report of prepare");
    Thread messages = relay(process.getErrorStream(), shell.err(), "messages of prepare");
    int code = process.waitFor();
    report.join();
    messages.join();
    return code;
  }

  private static Thread relay(InputStream from, PrintStream to, String name) {
    Thread thread =
        new Thread(
            () -> {
              try (from) {
                from.transferTo(to);
                to.flush();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Asks it to end, with what it has started, and insists after a while. */
  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(Thread end) {
    try {
      Runtime.getRuntime().removeShutdownHook(end);
    } catch (IllegalStateException e) {
      return; // this process is ending, and the hook does its work
    }
  }
}
