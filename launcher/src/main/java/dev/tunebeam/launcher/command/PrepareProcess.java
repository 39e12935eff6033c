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
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * {@code prepare} as a child process, started through the start script, because the launcher has no
 * Beam on its class path. It is stopped when this process exits or receives a signal it can handle.
 */
final class PrepareProcess {

  /** System property with the path of the start script. */
  static final String START = "tunebeam.start";

  private static final int SECONDS_TO_END = 10;

  private final Shell shell;
  private final boolean json;
  private final Map<String, String> variables;

  /**
   * @param json whether stdout is reserved for JSON; prepare's report then goes to stderr
   * @param variables what it has beside this process's environment
   */
  PrepareProcess(Shell shell, boolean json, Map<String, String> variables) {
    this.shell = shell;
    this.json = json;
    this.variables = variables;
  }

  /**
   * Runs prepare and waits for it.
   *
   * @param flags of prepare
   * @return its exit code
   */
  int run(List<String> flags) {
    String script = System.getProperty(START);
    if (script == null) {
      throw LauncherException.wrongUse(
          "run needs the start script to run prepare: use ./tunebeam run");
    }
    List<String> command = new ArrayList<>(List.of(script, "prepare"));
    command.addAll(flags);
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(shell.folder().toAbsolutePath().toFile());
    builder.environment().putAll(variables);
    // At a terminal prepare draws its own progress line.
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

  /** Stops prepare and its children, forcibly after a timeout. */
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
      return; // the JVM is shutting down, and the hook is already running
    }
  }
}
