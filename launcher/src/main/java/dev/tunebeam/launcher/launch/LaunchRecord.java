package dev.tunebeam.launcher.launch;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.tunebeam.dataset.DashedNames;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.JobStatus;
import dev.tunebeam.launcher.provider.RemoteFile;
import dev.tunebeam.launcher.provider.TrainingSettings;
import dev.tunebeam.launcher.provider.UploadJournal.Session;
import java.math.BigDecimal;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One run in {@code launch.json}, as far as it has come.
 *
 * @param run names dataset, provider, settings and attempt; the job at the provider carries it
 * @param attempt 1, and more after jobs that failed
 * @param usd the price that was agreed to, null where none is known
 * @param files what is at the provider, by split
 * @param upload an upload in parts that is not complete
 * @param job null until it is known to exist
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LaunchRecord(
    String run,
    String provider,
    String baseUrl,
    String digest,
    TrainingSettings settings,
    int attempt,
    @Nullable BigDecimal usd,
    Step step,
    SortedMap<String, UploadedFile> files,
    @Nullable Session upload,
    @Nullable LaunchedJob job) {

  /** How far a run has come. Written before and after what costs. */
  public enum Step {
    UPLOADING,
    UPLOADED,
    CREATING,
    CREATED,
    OVER;

    @JsonValue
    @Override
    public String toString() {
      return DashedNames.of(this);
    }
  }

  /** A file at the provider and the hash of its bytes. */
  record UploadedFile(RemoteFile file, String sha256) {}

  /** What is known of the job. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record LaunchedJob(
      String id, JobStatus status, @Nullable String tunedModel, @Nullable String error) {

    static LaunchedJob of(Job job) {
      return new LaunchedJob(job.id(), job.status(), job.tunedModel(), job.error());
    }
  }

  /** Copies; refuses what a file left out that has to be there. */
  public LaunchRecord {
    requireNonNull(run, "the key 'run' is missing");
    requireNonNull(provider, "the key 'provider' is missing");
    requireNonNull(baseUrl, "the key 'baseUrl' is missing");
    requireNonNull(digest, "the key 'digest' is missing");
    requireNonNull(settings, "the key 'settings' is missing");
    requireNonNull(step, "the key 'step' is missing");
    requireNonNull(files, "the key 'files' is missing");
    files = new TreeMap<>(files);
  }

  LaunchRecord with(Step newStep) {
    return new LaunchRecord(
        run, provider, baseUrl, digest, settings, attempt, usd, newStep, files, upload, job);
  }

  LaunchRecord with(@Nullable BigDecimal price) {
    return new LaunchRecord(
        run, provider, baseUrl, digest, settings, attempt, price, step, files, upload, job);
  }

  LaunchRecord with(Session session) {
    return new LaunchRecord(
        run, provider, baseUrl, digest, settings, attempt, usd, step, files, session, job);
  }

  LaunchRecord with(String split, UploadedFile file) {
    SortedMap<String, UploadedFile> more = new TreeMap<>(files);
    more.put(split, file);
    return new LaunchRecord(
        run, provider, baseUrl, digest, settings, attempt, usd, step, more, null, job);
  }

  LaunchRecord with(Job known) {
    return new LaunchRecord(
        run,
        provider,
        baseUrl,
        digest,
        settings,
        attempt,
        usd,
        known.status().isFinal() ? Step.OVER : Step.CREATED,
        files,
        null,
        LaunchedJob.of(known));
  }
}
