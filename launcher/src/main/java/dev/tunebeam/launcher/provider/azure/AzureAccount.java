package dev.tunebeam.launcher.provider.azure;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.TrainingType;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.provider.DatasetFile;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.JobStatus;
import dev.tunebeam.launcher.provider.RemoteFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an Azure OpenAI resource holds, and the room that its limits leave for one more job. Source:
 * quotas-limits.md of February 2026: 100 training files, 1 GB in all, 20 queued jobs, 3 running
 * ones (5 of the developer tier).
 *
 * @param files the training files, newest first
 * @param jobs those that have not ended
 */
record AzureAccount(List<RemoteFile> files, List<Job> jobs) {

  private static final int MOST_FILES = 100;

  /** The docs do not say which GB: what is above the larger one is refused for certain. */
  private static final long MOST_BYTES = 1L << 30;

  private static final String MOST_GB = "1 GB";

  private static final int MOST_QUEUED = 20;
  private static final int MOST_RUNNING = 3;
  private static final int MOST_RUNNING_DEVELOPER = 5;

  AzureAccount {
    files = List.copyOf(files);
    jobs = List.copyOf(jobs);
  }

  /**
   * A note if the job will wait for others; none if it may run at once.
   *
   * @param dataset its files, of which those that are there need no room
   * @throws LauncherException if there is no room
   */
  List<String> check(List<DatasetFile> dataset, @Nullable TrainingType type) {
    List<DatasetFile> missing =
        dataset.stream().filter(file -> files.stream().noneMatch(file::isAt)).toList();
    checkFiles(missing.size(), missing.stream().mapToLong(DatasetFile::bytes).sum());
    long queued = count(JobStatus.QUEUED) + count(JobStatus.VALIDATING);
    if (queued >= MOST_QUEUED) {
      throw new LauncherException(
          ExitCode.TRY_LATER,
          "%s are queued at %s, the most that it takes: run the same command later, or cancel one; %s lists them"
              .formatted(
                  Figures.counted(queued, "job", "jobs"),
                  AzureOpenAi.PROFILE.title(),
                  ShellCommand.tunebeam("jobs", "--provider=azure")));
    }
    long running = count(JobStatus.RUNNING);
    int most = type == TrainingType.DEVELOPER ? MOST_RUNNING_DEVELOPER : MOST_RUNNING;
    return running < most
        ? List.of()
        : List.of(
            "%s are running at %s, the most at a time: this one waits in the queue, which is not billed"
                .formatted(Figures.counted(running, "job", "jobs"), AzureOpenAi.PROFILE.title()));
  }

  private long count(JobStatus status) {
    return jobs.stream().filter(job -> job.status() == status).count();
  }

  private void checkFiles(int count, long bytes) {
    if (bytes > MOST_BYTES) {
      throw wrongUse(
          "the dataset has %s; the training files at %s may have %s in all"
              .formatted(Figures.bytes(bytes), AzureOpenAi.PROFILE.title(), MOST_GB));
    }
    long held = files.stream().mapToLong(RemoteFile::bytes).sum();
    long over = held + bytes - MOST_BYTES;
    int tooMany = files.size() + count - MOST_FILES;
    if (count == 0 || (over <= 0 && tooMany <= 0)) {
      return;
    }
    Set<String> used = new HashSet<>();
    jobs.forEach(
        job ->
            Stream.of(job.trainingFile(), job.validationFile())
                .filter(Objects::nonNull)
                .forEach(used::add));
    List<String> oldest = new ArrayList<>();
    for (int i = files.size() - 1; i >= 0 && (over > 0 || tooMany > 0); i--) {
      RemoteFile file = files.get(i);
      if (!used.contains(file.id())) {
        oldest.add(file.id());
        over -= file.bytes();
        tooMany--;
      }
    }
    String now =
        "%s holds %s of %s, and this launch uploads %s of %s; the limit is %s and %s in all"
            .formatted(
                AzureOpenAi.PROFILE.title(),
                Figures.counted(files.size(), "training file", "training files"),
                Figures.bytes(held),
                Figures.counted(count, "file", "files"),
                Figures.bytes(bytes),
                Figures.counted(MOST_FILES, "training file", "training files"),
                MOST_GB);
    if (over > 0 || tooMany > 0) {
      throw new LauncherException(
          ExitCode.TRY_LATER,
          now + "; jobs that have not ended use too many of them: run the same command later");
    }
    oldest.add(0, "delete");
    oldest.add("--provider=azure");
    throw wrongUse(
        now
            + "; the oldest that no running job uses: "
            + ShellCommand.tunebeam(oldest.toArray(String[]::new)));
  }
}
