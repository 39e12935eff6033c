package dev.tunebeam.launcher.command;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.launch.Follower;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.terminal.Console;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code follow [JOB]}: follows a job until it ends. */
@Command(
    name = "follow",
    mixinStandardHelpOptions = true,
    description = "Ctrl-C leaves the job running.")
public final class FollowCommand extends CommandContext {

  @Mixin private JobTarget target = new JobTarget();
  @Mixin private FollowOptions options = new FollowOptions();

  /** Creates the command. */
  public FollowCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run() {
    Console console = console();
    JobTarget.Found found = target.find(shell, console);
    Job job =
        new Follower(
                found.provider(),
                console,
                shell.clock(),
                options.poll(),
                event -> console.json(Map.of("event", event)),
                found.launch() == null ? null : found.launch().request())
            .follow(found.id());
    found.keep(job, console);
    console.json(Map.of("job", job));
    return JobText.end(
        console, monitor(), job, found.folder() == null ? null : found.name(), found.provider());
  }
}
