package dev.tunebeam.launcher.command;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.terminal.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands share: the environment and {@code --json}. */
abstract class CommandContext implements Callable<Integer> {

  final Shell shell;

  /** Of this command, with what it was called with. */
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Print JSON only, for programs.")
  private boolean json;

  CommandContext(Shell shell) {
    this.shell = shell;
  }

  /** Runs the command. */
  abstract ExitCode run();

  @Override
  public Integer call() {
    return run().code();
  }

  /** The console for this command. */
  Console console() {
    return new Console(
        shell.out(), shell.err(), shell.in(), shell.terminal() && !json, json, shell.clock());
  }
}
