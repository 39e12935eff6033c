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
 * One run in {@code launch.json} and its progress.
 *
 * @param run a hash of dataset, provider, settings and attempt; the job at the provider carries it
 * @param attempt from 1; incremented when a failed job is replaced
 * @param usd the confirmed price, null if unknown
 * @param files uploaded files by split
 * @param upload an unfinished multipart upload
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

  /** The progress of a run, recorded before and after each billable request. */
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

  /** The job's last known state. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record LaunchedJob(
      String id, JobStatus status, @Nullable String tunedModel, @Nullable String error) {

    static LaunchedJob of(Job job) {
      return new LaunchedJob(job.id(), job.status(), job.tunedModel(), job.error());
    }
  }

  /** Copies; rejects missing keys. */
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
