package dev.tunebeam.launcher.standin;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The provider's state, shared by all dialects. Guarded by one lock, the {@link StandIn}'s; ids are
 * counted, so that a test's are the same in each run.
 */
final class Store {
  private final Map<String, StoredFile> files = new LinkedHashMap<>();
  private final Map<String, PartedUpload> uploads = new LinkedHashMap<>();
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final Map<String, TunedModel> models = new LinkedHashMap<>();
  private int ids;
  private long secondsAhead;
  private final InstantSource clock;

  Store() {
    this(InstantSource.system());
  }

  /** With a clock of a test. */
  Store(InstantSource clock) {
    this.clock = clock;
  }

  /** An id that was not given before. */
  String newId(String prefix) {
    ids++;
    return prefix + "standin" + String.format(Locale.ROOT, "%05d", ids);
  }

  /** Unix seconds. */
  long now() {
    return clock.instant().getEpochSecond() + secondsAhead;
  }

  /** Makes the provider's clock go ahead. */
  void passTime(long seconds) {
    secondsAhead += seconds;
  }

  StoredFile addFile(String filename, String purpose, ByteString content) {
    StoredFile file = new StoredFile(newId("file-"), filename, purpose, content, now());
    files.put(file.id(), file);
    return file;
  }

  @Nullable StoredFile file(String id) {
    return files.get(id);
  }

  List<StoredFile> files() {
    return new ArrayList<>(files.values());
  }

  void putFile(StoredFile file) {
    files.put(file.id(), file);
  }

  void removeFile(String id) {
    files.remove(id);
  }

  PartedUpload addUpload(String filename, String purpose, long bytes) {
    PartedUpload upload = new PartedUpload(newId("upload_"), filename, purpose, bytes, now());
    uploads.put(upload.id(), upload);
    return upload;
  }

  @Nullable PartedUpload upload(String id) {
    return uploads.get(id);
  }

  List<PartedUpload> uploads() {
    return new ArrayList<>(uploads.values());
  }

  Job addJob(String prefix, JobSpec spec) {
    return addJobWithId(newId(prefix), spec);
  }

  Job addJobWithId(String id, JobSpec spec) {
    Job job = new Job(id, spec, now());
    jobs.put(id, job);
    return job;
  }

  @Nullable Job job(String id) {
    return jobs.get(id);
  }

  List<Job> jobs() {
    return new ArrayList<>(jobs.values());
  }

  /** The jobs of one dialect, by the beginning of their ids, oldest first. */
  List<Job> jobs(String prefix) {
    List<Job> chosen = jobs();
    chosen.removeIf(job -> !job.id().startsWith(prefix));
    return chosen;
  }

  void removeJob(String id) {
    jobs.remove(id);
  }

  void addModel(TunedModel model) {
    models.put(model.id(), model);
  }

  @Nullable TunedModel model(String id) {
    return models.get(id);
  }

  List<TunedModel> models() {
    return new ArrayList<>(models.values());
  }

  void removeModel(String id) {
    models.remove(id);
  }
}
