package dev.tunebeam.launcher.command;

import dev.tunebeam.dataset.monitoring.RunMonitor;
import dev.tunebeam.dataset.terminal.Columns;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.provider.ProviderProfile;
import dev.tunebeam.launcher.terminal.Console;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A job as text. */
final class JobText {

  private JobText() {}

  /** All details of a job. */
  static List<String> lines(Job job) {
    Columns table = new Columns("ll");
    table.row("job", job.id());
    table.row("status", job.providerStatus());
    row(table, "model", job.model());
    row(table, "fine-tuned model", job.tunedModel());
    row(table, "created", job.createdAt());
    row(table, "estimated finish", job.estimatedFinish());
    row(table, "finished", job.finishedAt());
    row(table, "trained tokens", job.trainedTokens());
    row(table, "training file", job.trainingFile());
    row(table, "validation file", job.validationFile());
    row(table, "error", job.error());
    job.settings().fields().forEachRemaining(e -> row(table, e.getKey(), e.getValue().asText()));
    job.resultFiles().forEach(file -> row(table, "result file", file));
    job.metadata().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> row(table, e.getKey(), e.getValue()));
    return table.lines("");
  }

  private static void row(Columns table, String name, @Nullable Object value) {
    String text = Objects.toString(value, "");
    if (!text.isEmpty()) {
      table.row(name, text);
    }
  }

  /**
   * Prints how a job ended, or its status, and the next commands.
   *
   * @param folder that it was launched from, for the next commands; null if unknown
   */
  static ExitCode end(
      Console console, RunMonitor monitor, Job job, @Nullable String folder, Provider provider) {
    monitor.say("job %s %s".formatted(job.id(), job.providerStatus()));
    if (job.status().isLost()) {
      console.say(
          "Job %s %s%s"
              .formatted(
                  job.id(), job.providerStatus(), job.error() == null ? "" : ": " + job.error()));
      console.say("Next");
      console.say(
          "  fix the cause, then %s starts a new job"
              .formatted(
                  ShellCommand.tunebeam("launch", folder == null ? "DIR" : folder, "--again")));
      return ExitCode.JOB_FAILED;
    }
    if (job.status().isFinal()) {
      trained(console, monitor, job, provider);
      provider.afterwards(job).forEach(console::say);
      console.say("Next");
      next(job, folder, provider).forEach(command -> console.say("  " + command));
    } else {
      console.say("Job %s %s".formatted(job.id(), job.providerStatus()));
      console.say("Next");
      console.say(
          "  " + command("follow", folder == null ? job.id() : folder, at(folder, provider)));
    }
    return ExitCode.SUCCEEDED;
  }

  /** What can be done with the model of a job. */
  private static List<String> next(Job job, @Nullable String folder, Provider provider) {
    String flags =
        at(folder, provider)
            + (provider.profile().offers(ProviderProfile.Offer.DEPLOYMENTS) ? " --deploy" : "");
    String model = Objects.requireNonNullElse(job.tunedModel(), "MODEL");
    return folder == null
        ? List.of(
            command("results", job.id(), at(null, provider)),
            command("ask", model, " 'TEXT'" + flags),
            command("evaluate", "DIR", " " + ShellCommand.quoted(model) + flags))
        : List.of(
            command("results", folder, ""),
            command("ask", folder, " 'TEXT'" + flags),
            command("evaluate", folder, flags));
  }

  private static String command(String name, String argument, String rest) {
    return ShellCommand.tunebeam(name, argument) + rest;
  }

  /** A folder knows its provider. */
  private static String at(@Nullable String folder, Provider provider) {
    return folder == null ? " --provider=" + provider.profile().name() : "";
  }

  /** Says which model a job that has succeeded has trained. */
  static void trained(Console console, RunMonitor monitor, Job job, Provider provider) {
    if (job.tunedModel() != null) {
      monitor.trained(provider.profile().name(), job.tunedModel());
    }
    console.say("Model %s".formatted(Objects.toString(job.tunedModel(), "(unnamed)")));
  }
}
