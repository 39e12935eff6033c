package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.terminal.Columns;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.Page;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.terminal.Console;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code jobs}: the account's jobs, newest first. */
@Command(name = "jobs", mixinStandardHelpOptions = true)
public final class JobsCommand extends CommandContext {

  @Mixin private ProviderOptions providerOptions = new ProviderOptions();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Maximum number of jobs (${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = "--after",
      paramLabel = "JOB",
      defaultValue = "",
      description = "Continue after this job.")
  private String after = "";

  @Option(names = "--all", description = "List all jobs.")
  private boolean all;

  /** Creates the command. */
  public JobsCommand(Shell shell) {
    super(shell);
  }

  /** The JSON output. */
  private record Result(List<Job> jobs, boolean hasMore) {}

  @Override
  ExitCode run() {
    if (limit < 1) {
      throw wrongUse("--limit must be at least 1, not " + limit);
    }
    Console console = console();
    Provider provider = providerOptions.open(providerOptions.orDefault(shell), shell, console);
    Page<Job> page = provider.jobsUpTo(after, all ? Integer.MAX_VALUE : limit);
    List<Job> jobs = page.items();
    Columns table = new Columns("lllll");
    table.row("job", "status", "created", "model", "fine-tuned model");
    for (Job job : jobs) {
      table.row(
          job.id(),
          job.providerStatus(),
          Objects.toString(job.createdAt(), "-"),
          job.model(),
          Objects.toString(job.tunedModel(), "-"));
    }
    console.say(jobs.isEmpty() ? List.of("no jobs") : table.lines(""));
    if (page.hasMore()) {
      console.say("More jobs: --after=%s, or --all".formatted(jobs.get(jobs.size() - 1).id()));
    }
    console.json(new Result(jobs, page.hasMore()));
    return ExitCode.SUCCEEDED;
  }
}
