package dev.tunebeam.launcher.launch;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.inference.Inference;
import dev.tunebeam.launcher.provider.DatasetFile;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.JobEvent;
import dev.tunebeam.launcher.provider.JobRequest;
import dev.tunebeam.launcher.provider.JobStatus;
import dev.tunebeam.launcher.provider.LiveModel;
import dev.tunebeam.launcher.provider.Page;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.provider.ProviderProfile;
import dev.tunebeam.launcher.provider.RemoteFile;
import dev.tunebeam.launcher.provider.TrainingSettings;
import dev.tunebeam.launcher.provider.UploadJournal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A provider in memory: what it was asked to do is in {@link #done}. */
class FakeProvider implements Provider {

  final List<String> done = new ArrayList<>();
  final List<Job> jobs = new ArrayList<>();
  final List<List<JobEvent>> events = new ArrayList<>();
  private final @Nullable BigDecimal estimate;
  private int looks;

  /** The price estimate, null for a provider without estimates. */
  FakeProvider(@Nullable BigDecimal estimate) {
    this.estimate = estimate;
  }

  static Job job(String id, JobStatus status, int second, @Nullable Instant finish) {
    return new Job(
        id,
        status,
        status.toString(),
        "a-model",
        status == JobStatus.SUCCEEDED ? "tuned" : null,
        Instant.parse("2026-11-20T12:00:00Z").plusSeconds(second),
        finish,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        Json.object(),
        Map.of());
  }

  @Override
  public ProviderProfile profile() {
    return new ProviderProfile(
        "fake",
        "Fake & Sons",
        null,
        "",
        "FAKE_KEY",
        10,
        1_000_000,
        EnumSet.allOf(Format.class),
        EnumSet.allOf(Method.class),
        Set.of());
  }

  @Override
  public Optional<RemoteFile> findFile(DatasetFile file) {
    return Optional.empty();
  }

  @Override
  public RemoteFile upload(DatasetFile file, UploadJournal journal) {
    done.add("upload " + file.split());
    return new RemoteFile("file-" + file.split(), file.name(), file.bytes());
  }

  @Override
  public void deleteFile(RemoteFile file) {
    done.add("delete " + file.id());
  }

  @Override
  public List<Job> findJobs(JobRequest request) {
    return List.copyOf(jobs);
  }

  @Override
  public Job create(JobRequest request) {
    done.add("create");
    Job job = job("job-" + (jobs.size() + 1), JobStatus.QUEUED, jobs.size(), null);
    jobs.add(job);
    return job;
  }

  /** The first of the jobs at the first look, and so on; the last one stays. */
  @Override
  public Job job(String id) {
    return jobs.get(Math.min(looks++, jobs.size() - 1));
  }

  @Override
  public Page<Job> jobs(String after, int limit) {
    return new Page<>(jobs, false);
  }

  @Override
  public Job cancel(String id) {
    done.add("cancel " + id);
    return jobs.get(0);
  }

  @Override
  public List<JobEvent> events(String job, Set<String> known) {
    if (events.isEmpty()) {
      return List.of();
    }
    return events.remove(0).stream().filter(event -> !known.contains(event.id())).toList();
  }

  @Override
  public Optional<byte[]> results(Job job) {
    return Optional.empty();
  }

  @Override
  public boolean estimates(TrainingSettings settings) {
    return estimate != null;
  }

  @Override
  public Optional<BigDecimal> estimate(JobRequest request) {
    done.add("estimate");
    return Optional.ofNullable(estimate);
  }

  @Override
  public List<LiveModel> models() {
    return List.of();
  }

  @Override
  public void delete(String model) {
    done.add("delete " + model);
  }

  @Override
  public Inference inference() {
    throw new UnsupportedOperationException();
  }
}
