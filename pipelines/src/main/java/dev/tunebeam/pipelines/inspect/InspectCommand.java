package dev.tunebeam.pipelines.inspect;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.dataset.terminal.TerminalText;
import dev.tunebeam.pipelines.findings.Corpus;
import dev.tunebeam.pipelines.findings.Finding;
import dev.tunebeam.pipelines.findings.Findings;
import dev.tunebeam.pipelines.findings.Recommendation;
import dev.tunebeam.pipelines.findings.Recommendations;
import dev.tunebeam.pipelines.prepare.CorpusFacts;
import dev.tunebeam.pipelines.prepare.ErrorMessages;
import dev.tunebeam.pipelines.prepare.JobFailedException;
import dev.tunebeam.pipelines.prepare.PrepareCommand;
import dev.tunebeam.pipelines.prepare.PreparePlan;
import dev.tunebeam.pipelines.prepare.WorkFolder;
import dev.tunebeam.pipelines.recipe.Arguments;
import dev.tunebeam.pipelines.recipe.ResolvedRecipe;
import dev.tunebeam.pipelines.recipe.RunSettings;
import dev.tunebeam.pipelines.recipe.UsageException;
import dev.tunebeam.pipelines.terminal.InspectReport;
import dev.tunebeam.pipelines.terminal.Report;
import dev.tunebeam.transforms.files.BeamFiles;
import dev.tunebeam.transforms.inspect.Inspection;
import dev.tunebeam.transforms.inspect.InspectionFile;
import dev.tunebeam.transforms.read.input.InputFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** The command {@code tunebeam inspect}: inspects a corpus, reports, and offers recommendations. */
public final class InspectCommand {

  private final RunSettings settings;
  private final Arguments arguments;
  private final PipelineOptions options;
  private final @Nullable YesNoPrompt questions;
  private final PrintStream out;
  private final PrintStream err;
  private final Clock clock;

  /**
   * Creates the command.
   *
   * @param questions asks the user; null if not interactive
   * @param out report and questions
   * @param err progress
   * @param clock for the elapsed time and for which models can still be trained
   */
  public InspectCommand(
      Arguments arguments,
      @Nullable YesNoPrompt questions,
      PrintStream out,
      PrintStream err,
      Clock clock) {
    this.arguments = arguments;
    this.settings = arguments.run();
    this.options = arguments.options();
    this.questions = questions;
    this.out = out;
    this.err = err;
    this.clock = clock;
  }

  /**
   * Runs the job, prints the report, asks, and writes the files.
   *
   * @throws JobFailedException if prepare would fail on this corpus
   */
  public void run() throws IOException {
    Instant start = clock.instant();
    FileSystems.setDefaultPipelineOptions(options);
    ResolvedRecipe resolved = ResolvedRecipe.of(arguments, false);
    ModelCatalogue catalogue = PrepareCommand.catalogue(resolved.prices());
    PreparePlan plan = PrepareCommand.plan(resolved, catalogue);
    refuseInput("json", settings.json(), plan);
    refuseInput("recipeOut", settings.recipeOut(), plan);
    Inspection inspection = inspect(plan);
    Corpus corpus = CorpusFacts.of(plan, inspection);
    if (inspection.summary().read() == 0) {
      throw new JobFailedException(
          ExitCode.FAILED, "no rows in " + String.join(", ", corpus.emptyFiles()));
    }
    List<Finding> findings = Findings.of(corpus);
    Manifest estimate = CorpusEstimate.of(plan, inspection);
    new InspectReport(
            CorpusFacts.input(plan),
            corpus.conclusion(),
            CorpusFacts.inferred(plan),
            estimate,
            inspection.summary().rows() - inspection.summary().filtered(),
            inspection.rows().fields(),
            CorpusFacts.classes(corpus),
            corpus.delimiterUses(),
            findings,
            catalogue,
            LocalDate.now(clock),
            Duration.between(start, clock.instant()))
        .print(out);
    List<Recommendation> offered = new ArrayList<>();
    Map<String, Object> accepted = Recommendations.accepted(corpus, deciding(offered));
    if (questions == null && !settings.yes() && settings.recipeOut() == null) {
      accepted = Map.of();
    }
    if (questions == null || settings.yes()) {
      list(offered);
    }
    write(settings.json(), "json", InspectionJson.text(plan, corpus, estimate, findings, offered));
    RecipeDraft draft = new RecipeDraft(resolved, plan, accepted);
    String recipeOut = settings.recipeOut();
    if (recipeOut != null) {
      write(recipeOut, "recipeOut", draft.text(recipeOut));
      out.println();
      out.println("Recipe " + recipeOut);
      out.println(
          "  " + ShellCommand.tunebeam("prepare", "--recipe=" + recipeOut, "--output=FOLDER"));
    } else if (questions != null && !accepted.isEmpty()) {
      out.println();
      out.println(TerminalText.printable(draft.text("recipe.yaml")));
    }
    CorpusFacts.requireUsable(plan, inspection, draft.recipe());
  }

  /**
   * Asks the user, or accepts all if not interactive: what is then listed or written is a proposal,
   * in which each recommendation builds on the ones before.
   */
  private Predicate<Recommendation> deciding(List<Recommendation> offered) {
    return recommendation -> {
      offered.add(recommendation);
      if (questions == null || settings.yes()) {
        return true;
      }
      out.println();
      TerminalText.wrapped(recommendation.because(), Report.WIDTH, "", "").forEach(out::println);
      return questions.ask(recommendation.question() + "?");
    };
  }

  private void list(List<Recommendation> offered) {
    if (offered.isEmpty()) {
      return;
    }
    out.println();
    out.println("Recommendations");
    for (Recommendation one : offered) {
      TerminalText.wrapped(one.question() + ": " + one.because(), Report.WIDTH, "  ", "    ")
          .forEach(out::println);
      one.settings()
          .forEach(
              (key, value) ->
                  out.println(
                      TerminalText.cut(
                          "      " + key + ": " + RecipeDraft.yaml(value), Report.WIDTH)));
    }
    if (!settings.yes() && settings.recipeOut() == null) {
      out.println("  --recipeOut=FILE writes a recipe with these settings");
    }
  }

  private Inspection inspect(PreparePlan plan) throws IOException {
    try (WorkFolder work = WorkFolder.create(options, "tunebeam-inspect-")) {
      Pipeline pipeline = Pipeline.create(options);
      InspectCorpus.build(pipeline, plan, work.path());
      PrepareCommand.run(pipeline, settings.quiet(), err);
      return InspectionFile.read(work.path());
    }
  }

  /** Refuses an output file that is an input file, which it would overwrite. */
  private static void refuseInput(String flag, @Nullable String file, PreparePlan plan) {
    if (file == null) {
      return;
    }
    if (file.endsWith("/")) {
      throw new UsageException("--%s=%s is a folder; name a file in it".formatted(flag, file));
    }
    for (InputFile input : plan.input().files()) {
      if (BeamFiles.isSame(input.path(), file)) {
        throw new UsageException(
            "--%s=%s is a file of the input; name another one".formatted(flag, file));
      }
    }
  }

  private static void write(@Nullable String file, String flag, String text) {
    if (file == null) {
      return;
    }
    try {
      BeamFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UsageException(
          "--%s: cannot write %s: %s".formatted(flag, file, ErrorMessages.cannotWrite(file, e)));
    }
  }
}
