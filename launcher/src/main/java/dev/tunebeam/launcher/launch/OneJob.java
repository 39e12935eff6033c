package dev.tunebeam.launcher.launch;

import dev.tunebeam.launcher.http.RefusedException;
import dev.tunebeam.launcher.http.UncertainException;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.JobRequest;
import dev.tunebeam.launcher.provider.JobStatus;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.provider.UntellableJobException;
import dev.tunebeam.launcher.terminal.Console;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Ensures one job per run, however many create requests took effect, and whenever. Each look lists
 * the jobs of the run: one that succeeded stays, else the oldest that has not failed, and the
 * others are cancelled. The rule depends on the list alone, so that two machines keep the same job.
 */
public record OneJob(Provider provider, Console console) {

  private static final Comparator<Job> FIRST =
      Comparator.comparing((Job job) -> job.status() != JobStatus.SUCCEEDED)
          .thenComparing(job -> job.status().isLost())
          .thenComparing(OneJob::created)
          .thenComparing(Job::id);

  /** The existing job; creates nothing. */
  public Optional<Job> find(JobRequest request) {
    return first(provider.findJobs(request));
  }

  /**
   * As {@link #find}, with a job that the list may not show yet; it stays if the list cannot tell
   * which jobs are of the run.
   */
  public Job find(JobRequest request, Job known) {
    try {
      return first(provider.findJobs(request), known);
    } catch (UncertainException | UntellableJobException e) {
      return known;
    }
  }

  Job first(List<Job> listed, Job known) {
    List<Job> all = new ArrayList<>(listed);
    // What was asked for by its id is newer than what a list shows.
    all.removeIf(job -> job.id().equals(known.id()));
    all.add(known);
    return first(all).orElse(known);
  }

  private Optional<Job> first(List<Job> all) {
    Optional<Job> first = all.stream().min(FIRST);
    for (Job other : all) {
      if (!other.status().isFinal() && !other.id().equals(first.orElseThrow().id())) {
        end(other, first.orElseThrow());
      }
    }
    return first;
  }

  private void end(Job other, Job first) {
    try {
      provider.cancel(other.id());
      console.tell(
          "cancelled job %s: a duplicate of %s for the same run".formatted(other.id(), first.id()));
    } catch (RefusedException e) {
      if (!provider.job(other.id()).status().isFinal()) {
        console.tell(
            "cannot cancel job %s, a duplicate of %s for the same run: %s"
                .formatted(other.id(), first.id(), e.text()));
      }
    }
  }

  private static Instant created(Job job) {
    return job.createdAt() == null ? Instant.EPOCH : job.createdAt();
  }
}
