package dev.tunebeam.pipelines.inspect;

import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.dataset.terminal.TerminalText;
import dev.tunebeam.pipelines.findings.Finding;
import dev.tunebeam.pipelines.findings.Findings;
import dev.tunebeam.pipelines.findings.Recommendation;
import dev.tunebeam.pipelines.prepare.CorpusFacts;
import dev.tunebeam.pipelines.prepare.JobFailedException;
import dev.tunebeam.pipelines.prepare.JobPlanning;
import dev.tunebeam.pipelines.prepare.OutputFile;
import dev.tunebeam.pipelines.prepare.PreparePlan;
import dev.tunebeam.pipelines.prepare.Proposal;
import dev.tunebeam.pipelines.recipe.Arguments;
import dev.tunebeam.pipelines.recipe.ResolvedRecipe;
import dev.tunebeam.pipelines.recipe.RunSettings;
import dev.tunebeam.pipelines.recipe.UsageException;
import dev.tunebeam.pipelines.terminal.InspectReport;
import dev.tunebeam.pipelines.terminal.JsonDocument;
import dev.tunebeam.pipelines.terminal.Report;
import dev.tunebeam.transforms.inspect.secrets.Secrets;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
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
  private final JsonDocument document;

  /**
   * Creates the command.
   *
   * @param questions asks the user; null if not interactive
   * @param out report and questions
   * @param err progress
   * @param clock for the elapsed time and for which models can still be trained
   * @param document gets the results as JSON
   */
  public InspectCommand(
      Arguments arguments,
      @Nullable YesNoPrompt questions,
      PrintStream out,
      PrintStream err,
      Clock clock,
      JsonDocument document) {
    this.arguments = arguments;
    this.settings = arguments.run();
    this.options = arguments.options();
    this.questions = questions;
    this.out = out;
    this.err = err;
    this.clock = clock;
    this.document = document;
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
    ModelCatalogue catalogue = JobPlanning.catalogue(resolved.prices());
    PreparePlan plan = JobPlanning.plan(resolved, catalogue);
    OutputFile.refuseInput("json", settings.jsonFile(), plan);
    OutputFile.refuseInput("recipeOut", settings.recipeOut(), plan);
    confirm(plan);
    CorpusInspector inspector = new CorpusInspector(options, settings.quiet(), err);
    Inspected first = inspector.inspect(new RecipeDraft(Map.of(), plan));
    if (first.summary().read() == 0) {
      throw new JobFailedException(
          ExitCode.FAILED, "no rows in " + String.join(", ", first.corpus().emptyFiles()));
    }
    List<Recommendation> offered = new ArrayList<>();
    Inspected last = inspector.recommended(first, offered::add);
    // Findings about fields that are not read in the end would say nothing.
    boolean same = first.draft().plan().readsTheSameFields(last.draft().plan());
    List<Finding> findings = Findings.of((same ? first : last).corpus(), last.corpus());
    report(first, last, findings, offered, catalogue, start).print(out);
    if (questions != null && !settings.yes()) {
      last = asked(inspector, first, last);
    }
    InspectionJson.fill(document, plan, first.corpus(), last.manifest(), findings, offered);
    OutputFile.write(settings.jsonFile(), "json", document.text());
    JobFailedException problem = last.problem();
    end(last.draft(), problem == null);
    if (problem != null) {
      throw problem;
    }
  }

  private InspectReport report(
      Inspected first,
      Inspected last,
      List<Finding> findings,
      List<Recommendation> offered,
      ModelCatalogue catalogue,
      Instant start) {
    JobFailedException problem = last.problem();
    return new InspectReport(
        CorpusFacts.input(first.draft().plan()),
        last.corpus().conclusion(),
        problem == null ? "" : String.valueOf(problem.getMessage()),
        CorpusFacts.inferred(last.draft().plan()),
        last.manifest(),
        first.summary().rows() - first.summary().filtered(),
        first.corpus().inspection().rows().fields(),
        CorpusFacts.classes(last.corpus()),
        first.corpus().delimiterUses(),
        findings,
        offered.stream()
            .map(one -> new InspectReport.Decision(setting(one), one.because()))
            .toList(),
        catalogue,
        LocalDate.now(clock),
        Duration.between(start, clock.instant()),
        settings.verbose());
  }

  /** Writes or shows the recipe. */
  private void end(RecipeDraft draft, boolean runs) {
    String recipeOut = settings.recipeOut();
    out.println();
    if (recipeOut != null) {
      OutputFile.write(recipeOut, "recipeOut", draft.text(recipeOut));
      out.println("Recipe " + recipeOut);
      out.println(
          "  "
              + (runs
                  ? ShellCommand.tunebeam("prepare", "--recipe=" + recipeOut, "--output=FOLDER")
                  : "edit it before prepare, which would publish nothing"));
    } else if (questions != null && !draft.accepted().isEmpty()) {
      out.print(TerminalText.printable(draft.text("recipe.yaml")));
    } else {
      out.println(
          "  --recipeOut=FILE writes a recipe with these settings, --verbose the whole report");
    }
  }

  /** Asks whether what was chosen by values and names is right. */
  private void confirm(PreparePlan plan) {
    if (questions == null || settings.yes()) {
      return;
    }
    for (Proposal proposal : plan.proposals()) {
      if (!questions.ask(TerminalText.oneLine(Secrets.mask(proposal.question())))) {
        throw new UsageException(Secrets.mask(proposal.otherwise()));
      }
    }
  }

  /** The settings of a recommendation as they are in a recipe, on one line. */
  private static String setting(Recommendation one) {
    return one.settings().entrySet().stream()
        .map(entry -> entry.getKey() + ": " + RecipeDraft.yaml(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** What the user accepts; each question takes the answers before it into account. */
  private Inspected asked(CorpusInspector inspector, Inspected first, Inspected best)
      throws IOException {
    Set<Map<String, Object>> declined = new HashSet<>();
    Inspected last =
        inspector.recommended(
            first, one -> !declined.contains(one.settings()) && accepts(one, declined));
    if (!last.draft().accepted().equals(best.draft().accepted())) {
      out.println();
      out.println("Without what you declined: " + Report.price(last.manifest()));
    }
    return last;
  }

  private boolean accepts(Recommendation one, Set<Map<String, Object>> declined) {
    out.println();
    TerminalText.wrapped(one.because(), Report.WIDTH, "", "").forEach(out::println);
    boolean accepted = Objects.requireNonNull(questions).ask(one.question() + "?");
    if (!accepted) {
      declined.add(one.settings());
    }
    return accepted;
  }
}
