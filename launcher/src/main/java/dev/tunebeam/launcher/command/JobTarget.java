package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.launcher.launch.LaunchFile;
import dev.tunebeam.launcher.launch.LaunchRecord;
import dev.tunebeam.launcher.launch.LaunchRecord.LaunchedJob;
import dev.tunebeam.launcher.launch.OneJob;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.JobRequest;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.terminal.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The job that a command refers to: its id, or the folder it was launched from. */
final class JobTarget {

  @Parameters(
      arity = "0..1",
      paramLabel = "JOB",
      description = "Job id, or the folder it was launched from; by default this folder.")
  private @Nullable String job;

  @Mixin private ProviderOptions providerOptions = new ProviderOptions();

  /**
   * A job and its provider.
   *
   * @param folder the folder it was launched from, null if unknown
   * @param name the job as the user named it
   */
  record Found(
      Provider provider,
      String id,
      @Nullable Path folder,
      @Nullable LaunchRecord launch,
      String name) {

    /** Saves the job's status if its folder is known. */
    void keep(Job job, Console console) {
      if (folder != null && launch != null) {
        new LaunchFile(folder).followed(folder, launch.run(), job, console);
      }
    }
  }

  /** The job. */
  Found find(Shell shell, Console console) {
    Path folder = shell.folder().resolve(job == null ? "" : job);
    if (job != null && !Files.isDirectory(folder)) {
      Path parent = folder.getParent();
      if (job.contains("/") && parent != null && Files.isDirectory(parent)) {
        throw wrongUse("no such folder: %s".formatted(job));
      }
      Provider provider = providerOptions.open(providerOptions.orDefault(shell), shell, console);
      return new Found(provider, job, null, null, job);
    }
    String name = job == null ? "." : job;
    LaunchRecord launch = launch(folder, name);
    LaunchedJob launched = launch.job();
    JobRequest request = launch.request();
    if (launched == null && (launch.creatingSince() == null || request == null)) {
      throw noJob(name);
    }
    Provider provider = providerOptions.openAt(launch.provider(), launch.baseUrl(), shell, console);
    String id =
        launched != null
            ? launched.id()
            : new OneJob(provider, console)
                .find(Objects.requireNonNull(request))
                .map(Job::id)
                .orElseThrow(() -> noJob(name));
    return new Found(provider, id, folder, launch, name);
  }

  private static LauncherException noJob(String name) {
    return wrongUse(
        "the launch of %s has not created a job yet; %s resumes it"
            .formatted(name, ShellCommand.tunebeam("launch", name)));
  }

  /** The last launch of a folder, limited to the provider in {@code --provider} if it is set. */
  private LaunchRecord launch(Path folder, String name) {
    String only = providerOptions.name();
    Optional<LaunchRecord> launch =
        new LaunchFile(folder).last(known -> only == null || known.provider().equals(only));
    return launch.orElseThrow(
        () ->
            wrongUse(
                (only == null ? "" : "at %s, ".formatted(only))
                    + "%s has no %s: pass a job id, or the folder of a launched dataset"
                        .formatted(name, LaunchFile.NAME)));
  }
}
