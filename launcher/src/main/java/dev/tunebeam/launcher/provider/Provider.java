package dev.tunebeam.launcher.provider;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.launcher.http.UncertainException;
import dev.tunebeam.launcher.inference.Inference;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A service that fine-tunes. Its methods block until there is an answer, repeating what is safe to
 * repeat, and end with a {@link dev.tunebeam.launcher.process.LauncherException} for the user.
 * Thread-safe.
 *
 * <p>Those two that cost, {@link #upload} and {@link #create}, are never repeated by an
 * implementation: where nobody knows whether they took effect they throw an {@link
 * UncertainException}, and the caller looks with {@link #findFile} and {@link #findJobs}.
 */
public interface Provider {

  /** What sets it apart. */
  ProviderProfile profile();

  /** A file that holds these bytes already. */
  Optional<RemoteFile> findFile(DatasetFile file);

  /** Whether a file that was sent once is still there. */
  default boolean holds(RemoteFile file) {
    return true;
  }

  /**
   * Sends a file; goes on with an upload that the journal knows.
   *
   * @throws UncertainException if it may be there or not
   */
  RemoteFile upload(DatasetFile file, UploadJournal journal);

  /** All jobs that carry the request's run, oldest first. */
  List<Job> findJobs(JobRequest request);

  /**
   * Creates a job. From here on it costs.
   *
   * @throws UncertainException if it may be there or not
   */
  Job create(JobRequest request);

  /** A job as it is now. */
  Job job(String id);

  /**
   * Jobs, newest first.
   *
   * @param after the id of the last job of the page before; empty for the first page
   */
  Page<Job> jobs(String after, int limit);

  /** Ends a job; one that is over stays as it is. */
  Job cancel(String id);

  /** Halts a job. */
  default Job pause(String id) {
    throw notOffered("pause jobs");
  }

  /** Lets a paused job go on. */
  default Job resume(String id) {
    throw notOffered("resume jobs");
  }

  /** The job's events that are not among the known ones, by id, each once, oldest first. */
  List<JobEvent> events(String job, Set<String> known);

  /** The job's checkpoints, by step. */
  default List<Checkpoint> checkpoints(String job) {
    throw notOffered("list checkpoints");
  }

  /** The bytes of the job's metrics, as the provider keeps them; empty where there are none yet. */
  Optional<byte[]> results(Job job);

  /** Whether {@link #estimate} answers. */
  default boolean estimates() {
    return false;
  }

  /** What the provider itself says that the run will cost, in dollars; creates nothing. */
  default Optional<BigDecimal> estimate(JobRequest request) {
    return Optional.empty();
  }

  /** The models that it lists. */
  List<LiveModel> models();

  /** Removes a tuned model. */
  void deleteModel(String model);

  /** Asks models. */
  Inference inference();

  /**
   * Refuses settings that this provider does not take, before anything is sent.
   *
   * @throws dev.tunebeam.launcher.process.LauncherException that names the flag
   */
  default void check(TrainingSettings settings) {
    profile().check(settings);
  }

  /**
   * Refuses a file that this provider does not take, before anything is sent.
   *
   * @throws dev.tunebeam.launcher.process.LauncherException that names the limit
   */
  default void check(DatasetFile file) {
    ProviderProfile profile = profile();
    if (file.bytes() > profile.mostBytes()) {
      throw wrongUse(
          String.format(
              Locale.ROOT,
              "the %s split has %,d bytes; %s takes at most %,d in a file",
              file.split(),
              file.bytes(),
              profile.title(),
              profile.mostBytes()));
    }
  }

  /**
   * Refuses lines that this provider does not train on.
   *
   * @throws dev.tunebeam.launcher.process.LauncherException that names what it reads
   */
  default void check(Format format) {
    profile().check(format);
  }

  /** What a person should know before saying yes; a line each, empty if nothing. */
  default List<String> beforehand(Manifest manifest, TrainingSettings settings) {
    return List.of();
  }

  /** What is left to do, and to pay, once the job has succeeded; a line each. */
  default List<String> afterwards(Job job) {
    return List.of();
  }

  private RuntimeException notOffered(String what) {
    return wrongUse("%s cannot %s".formatted(profile().title(), what));
  }
}
