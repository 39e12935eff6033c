package dev.tunebeam.launcher.provider;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request to create a training job.
 *
 * @param validation null if the dataset has no validation split
 * @param digest the dataset's digest
 * @param run a hash of dataset, settings and attempt, which identifies the job
 */
public record JobRequest(
    TrainingSettings settings,
    RemoteFile training,
    @Nullable RemoteFile validation,
    String digest,
    String run) {

  /** The metadata key of the run. */
  public static final String RUN = "tunebeam_run";

  /** The metadata key of the dataset's digest. */
  static final String DIGEST = "tunebeam_digest";

  /** This request with settings for another model. */
  public JobRequest with(TrainingSettings other) {
    return new JobRequest(other, training, validation, digest, run);
  }

  /** The job's metadata. */
  public Map<String, String> metadata() {
    return new TreeMap<>(Map.of(DIGEST, digest, RUN, run));
  }
}
