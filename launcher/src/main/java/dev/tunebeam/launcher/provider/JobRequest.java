package dev.tunebeam.launcher.provider;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A training job to be created.
 *
 * @param validation null where the dataset has no such split
 * @param digest names the dataset
 * @param run names dataset, settings and attempt: a job that carries it is this job
 */
public record JobRequest(
    TrainingSettings settings,
    RemoteFile training,
    @Nullable RemoteFile validation,
    String digest,
    String run) {

  /** The key of the metadata under which a job carries its run. */
  public static final String RUN = "tunebeam_run";

  /** The key of the metadata under which a job carries its dataset's digest. */
  static final String DIGEST = "tunebeam_digest";

  /** What the job carries. */
  public Map<String, String> metadata() {
    return new TreeMap<>(Map.of(DIGEST, digest, RUN, run));
  }
}
