package dev.tunebeam.launcher.provider;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.launcher.http.UncertainException;
import dev.tunebeam.launcher.inference.Inference;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A fine-tuning provider. Its methods block until there is a response, retry where that is safe,
 * and fail with a {@link dev.tunebeam.launcher.process.LauncherException} for the user.
 * Thread-safe.
 *
 * <p>Implementations never retry {@link #upload} and {@link #create}, which are not idempotent: if
 * it is unknown whether they took effect, they throw an {@link UncertainException}, and the caller
 * checks with {@link #findFile} and {@link #findJobs}.
 */
public interface Provider {

  /** Jobs of one request. */
  int LONGEST_PAGE = 100;

  /** The provider's profile. */
  ProviderProfile profile();

  /** An existing file with the same bytes. */
  Optional<RemoteFile> findFile(DatasetFile file);

  /** Whether an uploaded file still exists. */
  default boolean holds(RemoteFile file) {
    return true;
  }

  /**
   * Uploads a file; resumes an upload in the journal.
   *
   * @throws UncertainException if it is unknown whether it was created
   * @throws DatasetChangedException if the bytes are not those of the manifest; nothing of the file
   *     is left at the provider
   */
  RemoteFile upload(DatasetFile file, UploadJournal journal);

  /** Deletes an uploaded file; no effect if it is not there. */
  void deleteFile(RemoteFile file);

  /** All jobs of the request's run, oldest first. */
  List<Job> findJobs(JobRequest request);

  /**
   * Creates a job, which is billed from then on.
   *
   * @throws UncertainException if it is unknown whether it was created
   */
  Job create(JobRequest request);

  /** A job's current state. */
  Job job(String id);

  /**
   * Jobs, newest first.
   *
   * @param after the id of the last job of the previous page; empty for the first page
   */
  Page<Job> jobs(String after, int limit);

  /** Jobs as {@link #jobs}, of as many pages as it takes. */
  default Page<Job> jobsUpTo(String after, int most) {
    Map<String, Job> jobs = new LinkedHashMap<>();
    String last = after;
    while (true) {
      Page<Job> page = jobs(last, Math.min(LONGEST_PAGE, most - jobs.size()));
      boolean fresh = false;
      for (Job job : page.items()) {
        fresh |= jobs.putIfAbsent(job.id(), job) == null;
        last = job.id();
      }
      // A provider without pagination returns the first page again.
      boolean more = page.hasMore() && fresh;
      if (!more || jobs.size() >= most) {
        return new Page<>(List.copyOf(jobs.values()), more);
      }
    }
  }

  /** Cancels a job; no effect if it has ended. */
  Job cancel(String id);

  /** Pauses a job. */
  default Job pause(String id) {
    throw notOffered("pause jobs");
  }

  /** Resumes a paused job. */
  default Job resume(String id) {
    throw notOffered("resume jobs");
  }

  /** The job's new events without duplicates, oldest first. {@code known} holds event ids. */
  List<JobEvent> events(String job, Set<String> known);

  /** The job's checkpoints, by step. */
  default List<Checkpoint> checkpoints(String job) {
    throw notOffered("list checkpoints");
  }

  /** The job's metrics as the provider stores them; empty if there are none yet. */
  Optional<byte[]> results(Job job);

  /** Whether {@link #estimate} is supported for jobs of these settings. */
  default boolean estimates(TrainingSettings settings) {
    return false;
  }

  /** The provider's own price estimate in dollars; creates nothing. */
  default Optional<BigDecimal> estimate(JobRequest request) {
    return Optional.empty();
  }

  /** The models in the provider's list. */
  List<LiveModel> models();

  /**
   * The models that can be trained today, where the provider lists them.
   *
   * @param asked ids of those whose limits are asked for
   */
  default Optional<List<TrainableModel>> trainable(Set<String> asked) {
    return Optional.empty();
  }

  /** Deletes a fine-tuned model, or an uploaded file where its id tells that it is one. */
  void delete(String id);

  /** The provider's inference API. */
  Inference inference();

  /** The deployments of fine-tuned models, where those must be deployed. */
  default Deployments deployments() {
    throw notOffered("deploy models");
  }

  /** As {@link #deployments()}, at a place that an earlier command recorded. */
  default Deployments deployments(String place) {
    throw notOffered("deploy models");
  }

  /**
   * Rejects settings that this provider does not support, before anything is sent.
   *
   * @throws dev.tunebeam.launcher.process.LauncherException with the flag
   */
  default void check(TrainingSettings settings) {
    profile().check(settings);
  }

  /**
   * Rejects a file that this provider does not accept, before anything is sent.
   *
   * @throws dev.tunebeam.launcher.process.LauncherException with the limit
   */
  default void check(DatasetFile file) {
    ProviderProfile profile = profile();
    if (file.bytes() > profile.mostBytes()) {
      throw wrongUse(
          String.format(
              Locale.ROOT,
              "the %s split has %,d bytes; the maximum file size at %s is %,d",
              file.split(),
              file.bytes(),
              profile.title(),
              profile.mostBytes()));
    }
  }

  /**
   * Rejects formats that this provider does not train on.
   *
   * @throws dev.tunebeam.launcher.process.LauncherException with the supported formats
   */
  default void check(Format format) {
    profile().check(format);
  }

  /**
   * Rejects a run that is too large for this provider, before anything is sent.
   *
   * @throws dev.tunebeam.launcher.process.LauncherException with the limit
   */
  default void check(Manifest manifest, TrainingSettings settings) {}

  /**
   * Rejects a launch that the account has no room for, before it is confirmed; asks for what the
   * account holds, and changes nothing.
   *
   * @param files of the dataset; those that are there already need no room
   * @return notes to show before the confirmation, one per line; may be empty
   * @throws dev.tunebeam.launcher.process.LauncherException with the limit and what makes room
   */
  default List<String> checkAccount(List<DatasetFile> files, TrainingSettings settings) {
    return List.of();
  }

  /** Notes to show before the confirmation, one per line; may be empty. */
  default List<String> beforehand(Manifest manifest, TrainingSettings settings) {
    return List.of();
  }

  /** Next steps and costs after the job has succeeded, one per line. */
  default List<String> afterwards(Job job) {
    return List.of();
  }

  private RuntimeException notOffered(String what) {
    return wrongUse("%s cannot %s".formatted(profile().title(), what));
  }
}
