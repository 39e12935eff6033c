package dev.tunebeam.launcher.command;

import dev.tunebeam.dataset.Version;
import dev.tunebeam.dataset.monitoring.RunMonitor;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.terminal.Console;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands share: the environment and {@code --json}. */
abstract class CommandContext implements Callable<Integer> {

  /** The steps of a pipeline, which are reported to those who watch it. */
  private static final Set<String> STEPS =
      Set.of("run", "launch", "follow", "evaluate", "promote", "rollback");

  final Shell shell;

  /** Of this command, with what it was called with. */
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Print JSON only, for programs.")
  private boolean json;

  /** Not made before a step runs: most commands start without it. */
  private @Nullable RunMonitor reported;

  CommandContext(Shell shell) {
    this.shell = shell;
  }

  /** Runs the command. */
  abstract ExitCode run();

  /** Runs the command; its exit code may be that of another process. */
  int runToCode() {
    return run().code();
  }

  /** Whether it only says what it would do. */
  boolean isDryRun() {
    return false;
  }

  @Override
  public Integer call() {
    if (!STEPS.contains(spec.name()) || isDryRun()) {
      return runToCode();
    }
    RunMonitor monitor =
        RunMonitor.begin(
            spec.name(),
            Version.current(),
            shell.variables(),
            shell.clock(),
            line -> shell.err().println("tunebeam: warning: " + line));
    reported = monitor;
    try {
      int code = runToCode();
      monitor.end(code, null);
      return code;
    } catch (LauncherException e) {
      monitor.end(e.exitCode().code(), e.text());
      throw e;
    } catch (RuntimeException e) {
      monitor.end(ExitCode.FAILED.code(), String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /** Whom this run is reported to. */
  RunMonitor monitor() {
    return reported == null ? RunMonitor.none() : reported;
  }

  /** The console for this command. */
  Console console() {
    return new Console(
        shell.out(), shell.err(), shell.in(), shell.terminal() && !json, json, shell.clock());
  }
}
