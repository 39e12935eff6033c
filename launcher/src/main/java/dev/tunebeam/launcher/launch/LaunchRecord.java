package dev.tunebeam.launcher.launch;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.yaml.DashedNames;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.JobRequest;
import dev.tunebeam.launcher.provider.JobStatus;
import dev.tunebeam.launcher.provider.RemoteFile;
import dev.tunebeam.launcher.provider.TrainingSettings;
import dev.tunebeam.launcher.provider.UploadJournal.Session;
import java.math.BigDecimal;
import java.time.Instant;
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
 * @param creatingSince when the last request to create the job may have been sent last, null if
 *     none was sent or its job is known; until it has settled no other is sent
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
    @Nullable Instant creatingSince,
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

  /** A file at the provider and its {@link dev.tunebeam.launcher.provider.DatasetFile#hash}. */
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

  /** A run of which nothing has been sent yet. */
  static LaunchRecord begun(
      String provider, String baseUrl, String digest, TrainingSettings settings, int attempt) {
    return new LaunchRecord(
        RunName.of(provider, digest, settings, attempt),
        provider,
        baseUrl,
        digest,
        settings,
        attempt,
        null,
        Step.UPLOADING,
        new TreeMap<>(),
        null,
        null,
        null);
  }

  /** The run that replaces this one, whose job is lost; its files are there. */
  LaunchRecord nextAttempt() {
    LaunchRecord next = begun(provider, baseUrl, digest, settings, attempt + 1);
    for (var file : files.entrySet()) {
      next = next.with(file.getKey(), file.getValue());
    }
    return next;
  }

  LaunchRecord with(Step newStep) {
    return changed(usd, newStep, files, upload, null, job);
  }

  /** With a request to create the job that was under way until then. */
  LaunchRecord creating(Instant until) {
    return changed(usd, Step.CREATING, files, upload, until, job);
  }

  LaunchRecord with(@Nullable BigDecimal price) {
    return changed(price, step, files, upload, creatingSince, job);
  }

  LaunchRecord with(Session session) {
    return changed(usd, step, files, session, creatingSince, job);
  }

  LaunchRecord with(String split, UploadedFile file) {
    SortedMap<String, UploadedFile> more = new TreeMap<>(files);
    more.put(split, file);
    return changed(usd, step, more, null, creatingSince, job);
  }

  /** Without a file that was deleted at the provider. */
  LaunchRecord without(String split) {
    SortedMap<String, UploadedFile> fewer = new TreeMap<>(files);
    fewer.remove(split);
    return changed(usd, step, fewer, null, creatingSince, job);
  }

  /** With what is known of its job. */
  public LaunchRecord with(Job known) {
    return changed(
        usd,
        known.status().isFinal() ? Step.OVER : Step.CREATED,
        files,
        null,
        null,
        LaunchedJob.of(known));
  }

  private LaunchRecord changed(
      @Nullable BigDecimal price,
      Step newStep,
      SortedMap<String, UploadedFile> newFiles,
      @Nullable Session session,
      @Nullable Instant since,
      @Nullable LaunchedJob newJob) {
    return new LaunchRecord(
        run, provider, baseUrl, digest, settings, attempt, price, newStep, newFiles, session, since,
        newJob);
  }

  /** The request of its job, null if its files are not uploaded yet. */
  public @Nullable JobRequest request() {
    UploadedFile train = files.get(Manifest.TRAIN);
    UploadedFile validation = files.get(Manifest.VALIDATION);
    return train == null
        ? null
        : new JobRequest(
            settings, train.file(), validation == null ? null : validation.file(), digest, run);
  }
}
