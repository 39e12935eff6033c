package dev.tunebeam.pipelines;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The help of the whole command: what {@code tunebeam} says without arguments. */
public final class CommandHelp {

  /** A command and what it does, on one line. */
  private record Entry(String name, String text) {
    String line() {
      return "  %-11s %s".formatted(name, text);
    }
  }

  private static final List<Entry> DATASETS =
      List.of(
          new Entry("inspect", "Says what raw files are, what is wrong with them and what to do."),
          new Entry(
              "prepare", "Raw files in, a deduplicated, counted, priced and split dataset out."));

  /** To these the start script leads without a way through here. */
  private static final List<Entry> TRAINING =
      List.of(
          new Entry("run", "prepare, then launch: one command and one exit code for a scheduler."),
          new Entry(
              "launch", "Checks a dataset, prices it, uploads it, starts its training, once."),
          new Entry("follow", "Shows a job's events as they come, until it ends."),
          new Entry("jobs", "Lists the jobs of a provider."),
          new Entry("show", "One job in full."),
          new Entry("cancel", "Ends a job."),
          new Entry("pause", "Pauses a job."),
          new Entry("resume", "Lets a paused job go on."),
          new Entry("checkpoints", "Lists the models that a job kept on its way."),
          new Entry("results", "A job's metrics: a table and its learning curves."),
          new Entry("ask", "Asks a tuned model in the form in which it was trained."),
          new Entry(
              "evaluate", "Runs the validation split through a model and judges its answers."),
          new Entry("models", "Lists the models that can be trained: prices, limits, last days."),
          new Entry("delete", "Deletes a tuned model."));

  private CommandHelp() {}

  /** The text; ends with a line break. */
  public static String text() {
    return """
    tunebeam turns raw corpora into fine-tuning datasets, says what training on them costs, and
    starts the training.

    Usage: tunebeam COMMAND [--key=value ...]

    Datasets
    %s

    Training
    %s

    Examples
      tunebeam inspect --input=questions.csv
      tunebeam prepare --input=questions.csv --output=out
      tunebeam prepare --recipe=testdata/support-tickets/recipe.yaml --output=out --dryRun
      tunebeam launch out --budget=5

    tunebeam COMMAND --help lists the flags of a command. The documentation is in docs/, the recipe
    in docs/recipe.md, the training in docs/launch.md.
    """
        .formatted(lines(DATASETS), lines(TRAINING));
  }

  /** The names of all commands. */
  static List<String> commands() {
    List<String> names = new ArrayList<>();
    DATASETS.forEach(entry -> names.add(entry.name()));
    names.addAll(launcherCommands());
    return names;
  }

  /** The names of the commands that the launcher has. */
  static List<String> launcherCommands() {
    return TRAINING.stream().map(Entry::name).toList();
  }

  private static String lines(List<Entry> entries) {
    return entries.stream().map(Entry::line).collect(Collectors.joining("\n"));
  }
}
