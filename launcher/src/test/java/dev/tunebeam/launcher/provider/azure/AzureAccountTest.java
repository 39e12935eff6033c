package dev.tunebeam.launcher.provider.azure;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.dataset.TrainingType;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.provider.DatasetFile;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.JobStatus;
import dev.tunebeam.launcher.provider.RemoteFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AzureAccountTest {

  private static final List<DatasetFile> DATASET =
      List.of(file("train", 700), file("validation", 300));

  private static DatasetFile file(String split, long bytes) {
    String hash = (split + "0".repeat(64)).substring(0, 64);
    return new DatasetFile(
        split, List.of(new DatasetFile.Shard(Path.of(split), bytes, hash)), 10, bytes);
  }

  /** Files of which file-1 is the oldest. */
  private static List<RemoteFile> files(int count, long bytes) {
    return IntStream.iterate(count, i -> i > 0, i -> i - 1)
        .mapToObj(i -> new RemoteFile("file-" + i, "old.jsonl", bytes))
        .toList();
  }

  private static Job job(JobStatus status, @Nullable String training) {
    return new Job(
        "ftjob-1",
        status,
        status.toString(),
        "m",
        null,
        null,
        null,
        null,
        null,
        training,
        null,
        null,
        List.of(),
        Json.object(),
        Map.of());
  }

  private static List<Job> jobs(int count, JobStatus status) {
    return Collections.nCopies(count, job(status, null));
  }

  private static LauncherException refused(AzureAccount account, ExitCode code) {
    LauncherException refused =
        assertThrows(LauncherException.class, () -> account.check(DATASET, null));
    assertThat(refused.exitCode(), is(code));
    return refused;
  }

  @Test
  void anAccountWithRoomSaysNothing() {
    assertThat(new AzureAccount(List.of(), List.of()).check(DATASET, null), empty());
    assertThat(
        new AzureAccount(files(98, 1_000_000), jobs(2, JobStatus.RUNNING)).check(DATASET, null),
        empty());
  }

  @Test
  void tooManyFilesAreRefusedWithTheCommandThatDeletesTheOldestThatAreNotUsed() {
    assertThat(
        refused(
                new AzureAccount(
                    files(100, 10),
                    List.of(job(JobStatus.RUNNING, "file-1"), job(JobStatus.QUEUED, "file-3"))),
                ExitCode.WRONG_USE)
            .text(),
        is(
            "Azure OpenAI holds 100 training files of 1.0 kB, and this launch uploads 2 files of"
                + " 1.0 kB; the limit is 100 training files and 1 GB in all; the oldest that no"
                + " running job uses: ./tunebeam delete file-2 file-4 --provider=azure"));
    assertThat(
        refused(new AzureAccount(files(99, 10), List.of()), ExitCode.WRONG_USE).text(),
        is(
            "Azure OpenAI holds 99 training files of 990 B, and this launch uploads 2 files of"
                + " 1.0 kB; the limit is 100 training files and 1 GB in all; the oldest that no"
                + " running job uses: ./tunebeam delete file-1 --provider=azure"));
  }

  @Test
  void tooManyBytesAreRefusedWithAsManyFilesAsMakeRoom() {
    assertThat(
        refused(new AzureAccount(files(3, 357_913_941), List.of()), ExitCode.WRONG_USE).text(),
        is(
            "Azure OpenAI holds 3 training files of 1.1 GB, and this launch uploads 2 files of"
                + " 1.0 kB; the limit is 100 training files and 1 GB in all; the oldest that no"
                + " running job uses: ./tunebeam delete file-1 --provider=azure"));
    long room = (1L << 30) - 1000;
    assertThat(new AzureAccount(files(1, room), List.of()).check(DATASET, null), empty());
    refused(new AzureAccount(files(1, room + 1), List.of()), ExitCode.WRONG_USE);
    LauncherException large =
        assertThrows(
            LauncherException.class,
            () ->
                new AzureAccount(List.of(), List.of())
                    .check(
                        List.of(file("train", 500L << 20), file("validation", 525L << 20)), null));
    assertThat(
        large.text(),
        is("the dataset has 1.1 GB; the training files at Azure OpenAI may have 1 GB in all"));
  }

  @Test
  void filesThatAreThereNeedNoRoom() {
    List<RemoteFile> files = new ArrayList<>(files(98, 10));
    DATASET.forEach(file -> files.add(new RemoteFile(file.split(), file.name(), file.bytes())));
    assertThat(new AzureAccount(files, List.of()).check(DATASET, null), empty());
  }

  @Test
  void whereJobsUseThemAllItIsTriedLater() {
    assertThat(
        refused(
                new AzureAccount(files(1, 1L << 30), List.of(job(JobStatus.QUEUED, "file-1"))),
                ExitCode.TRY_LATER)
            .text(),
        is(
            "Azure OpenAI holds 1 training file of 1.1 GB, and this launch uploads 2 files of"
                + " 1.0 kB; the limit is 100 training files and 1 GB in all; jobs that have not"
                + " ended use too many of them: run the same command later"));
  }

  @Test
  void aFullQueueIsTriedLater() {
    List<Job> queue = new ArrayList<>(jobs(19, JobStatus.QUEUED));
    assertThat(new AzureAccount(List.of(), queue).check(DATASET, null), empty());
    queue.add(job(JobStatus.VALIDATING, null));
    assertThat(
        refused(new AzureAccount(List.of(), queue), ExitCode.TRY_LATER).text(),
        is(
            "20 jobs are queued at Azure OpenAI, the most that it takes: run the same command"
                + " later, or cancel one; ./tunebeam jobs --provider=azure lists them"));
  }

  @Test
  void aJobThatWillWaitForOthersIsSaid() {
    AzureAccount three = new AzureAccount(List.of(), jobs(3, JobStatus.RUNNING));
    assertThat(
        three.check(DATASET, TrainingType.GLOBAL_STANDARD),
        is(
            List.of(
                "3 jobs are running at Azure OpenAI, the most at a time: this one waits in the"
                    + " queue, which is not billed")));
    assertThat(three.check(DATASET, TrainingType.DEVELOPER), empty());
    assertThat(
        new AzureAccount(List.of(), jobs(5, JobStatus.RUNNING))
            .check(DATASET, TrainingType.DEVELOPER)
            .size(),
        is(1));
  }
}
