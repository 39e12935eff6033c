package dev.tunebeam.launcher.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tunebeam.dataset.monitoring.RunMonitor;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.launcher.launch.Follower;
import dev.tunebeam.launcher.launch.Launch;
import dev.tunebeam.launcher.launch.LaunchFile;
import dev.tunebeam.launcher.launch.LaunchRecord;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.terminal.Console;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The last step of {@code launch} and {@code run}: follows the job, saves its final status and
 * prints the next commands.
 */
final class LaunchOutcome {

  private final Shell shell;
  private final Console console;
  private final RunMonitor monitor;
  private final Provider provider;
  private final FollowOptions options;

  LaunchOutcome(
      Shell shell, Console console, RunMonitor monitor, Provider provider, FollowOptions options) {
    this.shell = shell;
    this.console = console;
    this.monitor = monitor;
    this.provider = provider;
    this.options = options;
  }

  /** The JSON output. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Result(
      String provider,
      String digest,
      boolean adopted,
      @Nullable BigDecimal usd,
      Job job,
      Promoting.@Nullable Result promotion) {}

  /**
   * Follows the job, and says how it ended.
   *
   * @param promotion of the model, if the job succeeds; null for none
   */
  ExitCode end(
      Launch.Outcome outcome,
      Path folder,
      boolean detach,
      @Nullable Function<LaunchRecord, Promoting.Result> promotion) {
    LaunchRecord launch = outcome.launch();
    Job job = outcome.job();
    if (!detach && !job.status().isFinal()) {
      console.tell(
          "following %s; Ctrl-C stops following, the job keeps running; %s reattaches"
              .formatted(job.id(), ShellCommand.tunebeam("follow", folder.toString())));
      job =
          new Follower(
                  provider, console, shell.clock(), options.poll(), event -> {}, launch.request())
              .follow(job.id());
      new LaunchFile(folder).followed(folder, launch.run(), job, console);
    }
    Promoting.Result promoted = null;
    if (promotion != null && job.status().isFinal() && !job.status().isLost()) {
      JobText.trained(console, monitor, job, provider);
      promoted = promotion.apply(launch.with(job));
    }
    console.json(
        new Result(
            launch.provider(), launch.digest(), outcome.adopted(), launch.usd(), job, promoted));
    return promoted == null
        ? JobText.end(console, monitor, job, folder.toString(), provider)
        : promoted.code();
  }
}
