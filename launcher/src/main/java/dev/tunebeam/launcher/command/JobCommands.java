package dev.tunebeam.launcher.command;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.terminal.Console;
import java.util.List;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code show}, {@code cancel}, {@code pause} and {@code resume}: one API call, then the job's
 * current state.
 */
public final class JobCommands {

  private JobCommands() {}

  /** All four commands. */
  public static List<Object> all(Shell shell) {
    return List.of(new Show(shell), new Cancel(shell), new Pause(shell), new Resume(shell));
  }

  /** A command that makes one call for a job. */
  private abstract static class OneCall extends CommandContext {

    private final BiFunction<Provider, String, Job> call;

    @Mixin private JobTarget target = new JobTarget();

    OneCall(Shell shell, BiFunction<Provider, String, Job> call) {
      super(shell);
      this.call = call;
    }

    @Override
    ExitCode run() {
      Console console = console();
      JobTarget.Found found = target.find(shell, console);
      Job job = call.apply(found.provider(), found.id());
      found.keep(job, console);
      console.say(JobText.lines(job));
      console.json(job);
      return ExitCode.SUCCEEDED;
    }
  }

  @Command(name = "show", mixinStandardHelpOptions = true)
  private static final class Show extends OneCall {
    Show(Shell shell) {
      super(shell, Provider::job);
    }
  }

  @Command(
      name = "cancel",
      mixinStandardHelpOptions = true,
      description = "What was trained until then may be billed.")
  private static final class Cancel extends OneCall {
    Cancel(Shell shell) {
      super(shell, Provider::cancel);
    }
  }

  @Command(name = "pause", mixinStandardHelpOptions = true)
  private static final class Pause extends OneCall {
    Pause(Shell shell) {
      super(shell, Provider::pause);
    }
  }

  @Command(name = "resume", mixinStandardHelpOptions = true)
  private static final class Resume extends OneCall {
    Resume(Shell shell) {
      super(shell, Provider::resume);
    }
  }
}
