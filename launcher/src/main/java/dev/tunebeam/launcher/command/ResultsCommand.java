package dev.tunebeam.launcher.command;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.results.LearningCurves;
import dev.tunebeam.launcher.results.MetricsTable;
import dev.tunebeam.launcher.results.ResultsFile;
import dev.tunebeam.launcher.results.TrainingMetrics;
import dev.tunebeam.launcher.terminal.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code results JOB}: how a training went, as a table and as learning curves. */
@Command(name = "results", mixinStandardHelpOptions = true)
public final class ResultsCommand extends CommandContext {

  @Mixin private JobTarget target = new JobTarget();

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Output folder; by default the dataset's folder, or this one.")
  private @Nullable Path output;

  /** Creates the command. */
  public ResultsCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run() {
    Console console = console();
    JobTarget.Found found = target.find(shell, console);
    Job job = found.provider().job(found.id());
    found.keep(job, console);
    byte[] file =
        found
            .provider()
            .results(job)
            .orElseThrow(
                () ->
                    new LauncherException(
                        job.status().isLost() ? ExitCode.JOB_FAILED : ExitCode.TRY_LATER,
                        "job %s is %s and has no results%s"
                            .formatted(
                                job.id(),
                                job.providerStatus(),
                                job.status().isFinal() ? "" : " yet")));
    String fileName = "the results of " + job.id();
    TrainingMetrics metrics = ResultsFile.parse(file, fileName);
    String title = job.tunedModel() == null ? job.id() : job.tunedModel();
    Path folder = output != null ? shell.folder().resolve(output) : found.folder();
    Path place = folder == null ? shell.folder() : folder;
    String name = "results-" + FileName.of(job.id());
    List<Path> files =
        List.of(
            place.resolve(name + ".csv"),
            place.resolve(name + ".svg"),
            place.resolve(name + ".png"));
    try {
      Files.createDirectories(place.toAbsolutePath());
      Files.writeString(files.get(0), ResultsFile.csv(file, fileName));
      if (metrics.hasFigures()) {
        Files.write(files.get(1), LearningCurves.svg(metrics, title));
        Files.write(files.get(2), LearningCurves.png(metrics, title));
      }
    } catch (IOException e) {
      throw new LauncherException(
          ExitCode.FAILED, "the results cannot be written to %s: %s".formatted(place, e), e);
    }
    console.say(MetricsTable.lines(metrics));
    console.say("");
    List<String> written = files.stream().filter(Files::exists).map(Path::toString).toList();
    written.forEach(path -> console.say("  " + path));
    console.json(Map.of("job", job, "steps", metrics.steps(), "files", written));
    return ExitCode.SUCCEEDED;
  }
}
