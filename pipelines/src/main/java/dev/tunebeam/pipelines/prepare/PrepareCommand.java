package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.monitoring.RunMonitor;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.Terminal;
import dev.tunebeam.dataset.terminal.TerminalProgress;
import dev.tunebeam.pipelines.gates.Change;
import dev.tunebeam.pipelines.gates.Changes;
import dev.tunebeam.pipelines.gates.DatasetPair;
import dev.tunebeam.pipelines.gates.Gates;
import dev.tunebeam.pipelines.recipe.Arguments;
import dev.tunebeam.pipelines.recipe.ResolvedRecipe;
import dev.tunebeam.pipelines.recipe.RunSettings;
import dev.tunebeam.pipelines.recipe.UsageException;
import dev.tunebeam.pipelines.terminal.InferredLines;
import dev.tunebeam.pipelines.terminal.JsonDocument;
import dev.tunebeam.pipelines.terminal.Report;
import dev.tunebeam.transforms.files.FolderFiles;
import dev.tunebeam.transforms.progress.Progress;
import dev.tunebeam.transforms.sides.PreviousSides;
import dev.tunebeam.transforms.write.JobReport;
import dev.tunebeam.transforms.write.WriteReport;
import dev.tunebeam.transforms.write.WrittenFile.Kind;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.hdfs.HadoopFileSystemOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * The command {@code tunebeam prepare}: plans and runs the job, publishes the dataset, and reports.
 */
public final class PrepareCommand {

  private final RunSettings settings;
  private final Arguments arguments;
  private final PipelineOptions options;
  private final PrintStream out;
  private final PrintStream err;
  private final Clock clock;
  private final RunMonitor monitor;
  private final JsonDocument document;

  /**
   * @param out the report
   * @param err progress
   * @param clock for the elapsed time and for which models can still be trained
   * @param monitor is told what is read and written
   * @param document gets the results as JSON
   */
  public PrepareCommand(
      Arguments arguments,
      PrintStream out,
      PrintStream err,
      Clock clock,
      RunMonitor monitor,
      JsonDocument document) {
    this.arguments = arguments;
    this.settings = arguments.run();
    this.options = arguments.options();
    this.out = out;
    this.err = err;
    this.clock = clock;
    this.monitor = monitor;
    this.document = document;
  }

  /**
   * Runs the job.
   *
   * @throws JobFailedException if no dataset was published; the report is printed before if a gate
   *     failed
   */
  public void run() throws IOException {
    Instant start = clock.instant();
    FileSystems.setDefaultPipelineOptions(options);
    boolean dryRun = settings.dryRun();
    ResolvedRecipe resolved = ResolvedRecipe.of(arguments, !dryRun);
    monitor.reads(resolved.input());
    ModelCatalogue catalogue = JobPlanning.catalogue(resolved.prices());
    PreparePlan plan = JobPlanning.plan(resolved, catalogue);
    OutputFile.refuseInput("json", settings.jsonFile(), plan);
    PreviousDataset previous = PreviousDataset.find(resolved, plan.recipe(), settings.resplit());
    String output = dryRun ? null : Objects.requireNonNull(resolved.output());
    JobReport report;
    Manifest manifest;
    List<Change> changes;
    List<Manifest.Gate> failed;
    boolean named;
    boolean keepsReadme;
    try (DatasetFolder folder = output == null ? null : open(output, plan.filesRead());
        WorkFolder work =
            folder == null
                ? WorkFolder.create(options, "tunebeam-dry-run-")
                : folder.workFolder()) {
      InferredLines.beforeTheJob(CorpusFacts.inferred(plan)).forEach(out::println);
      out.flush();
      report =
          runPipeline(
              plan, previous == null ? PreviousSides.NONE : previous.sides(), work.path(), dryRun);
      plan.requireSameInput();
      JobCheck check = new JobCheck(plan, report);
      check.requireRows();
      check.requireClasses();
      String tooMany = check.tooManyRejected();
      if (tooMany != null) {
        throw new JobFailedException(
            ExitCode.TOO_MANY_REJECTED, tooMany + rejectedFiles(folder, report));
      }
      check.requireNews();
      manifest = ManifestBuilder.build(plan, report, previous, dryRun);
      DatasetPair pair = DatasetPair.of(manifest, previous == null ? null : previous.figures());
      manifest = manifest.withGates(Gates.check(plan.recipe().gates(), pair));
      changes = Changes.of(pair);
      failed = Gates.failed(manifest);
      if (!dryRun) {
        manifest = manifest.withCard(DatasetCard.path(DatasetCard.of(manifest)));
      }
      named = folder != null && failed.isEmpty() && folder.publish(report, manifest);
      keepsReadme = named && folder != null && folder.keepsReadme(manifest);
    }
    if (named && keepsReadme) {
      err.printf(
          "tunebeam: warning: README.md in %s was not written by tunebeam and stays; the card of the"
              + " dataset is %s%n",
          output, manifest.files().card());
    }
    monitor.gates(manifest.gates());
    if (output != null && failed.isEmpty()) {
      monitor.writes(manifest, output, resolved.input());
    }
    new Report(
            manifest,
            catalogue,
            LocalDate.now(clock),
            dryRun,
            output == null ? "" : output,
            named,
            Duration.between(start, clock.instant()),
            JobCheck.rejectedRows(plan, report),
            changes,
            failed.isEmpty() ? NextCommand.of(output, plan.format()) : "",
            settings.verbose())
        .print(out);
    PreparedJson.fill(document, manifest, changes, dryRun, output);
    OutputFile.write(settings.jsonFile(), "json", document.text());
    if (!failed.isEmpty()) {
      throw new JobFailedException(ExitCode.GATE_FAILED, Gates.message(failed));
    }
  }

  private DatasetFolder open(String output, List<String> input) {
    FolderFiles files;
    try {
      files =
          FolderFiles.of(
              output,
              () -> options.as(HadoopFileSystemOptions.class).getHdfsConfiguration().get(0));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--output: %s: %s".formatted(output, e.getMessage()));
    }
    return DatasetFolder.open(output, files, settings.overwrite(), input, clock);
  }

  private JobReport runPipeline(PreparePlan plan, PreviousSides before, String work, boolean dryRun)
      throws IOException {
    Pipeline pipeline = Pipeline.create(options);
    PrepareDataset.build(pipeline, plan, before, work, dryRun);
    run(pipeline, settings.quiet(), err);
    return WriteReport.read(work);
  }

  /** Runs a pipeline to its end and shows progress. */
  @SuppressWarnings("try") // it draws itself
  public static void run(Pipeline pipeline, boolean quiet, PrintStream err) {
    Progress.reset();
    try (TerminalProgress progress =
        quiet
            ? null
            : TerminalProgress.ofRows(
                err, Terminal.isAttended(), Progress::stage, Progress::rows)) {
      pipeline.run().waitUntilFinish();
    }
  }

  /** Publishes the rejected rows for review, unless that would replace an existing dataset. */
  private static String rejectedFiles(@Nullable DatasetFolder folder, JobReport report)
      throws IOException {
    if (folder == null) {
      return "";
    }
    if (folder.holdsDataset()) {
      return "\n  the dataset in %s is unchanged; use another --output to see all rejected rows"
          .formatted(folder);
    }
    folder.publishRejected(report);
    List<String> names = DataFiles.names(report, Kind.REJECTED);
    String path = folder.toString();
    return "\n  all rejected rows: %s%s%s%s"
        .formatted(
            path,
            path.endsWith("/") ? "" : "/",
            names.get(0),
            names.size() == 1 ? "" : String.format(Locale.ROOT, " and %d more", names.size() - 1));
  }
}
