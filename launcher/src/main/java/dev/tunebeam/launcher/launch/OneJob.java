package dev.tunebeam.launcher.launch;

import dev.tunebeam.launcher.http.RefusedException;
import dev.tunebeam.launcher.launch.FindOrCreate.Found;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.JobRequest;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.terminal.Console;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Ensures one job per run. If two machines create a job at the same time, both see both jobs: the
 * older one stays, and either machine cancels the newer one.
 *
 * @param looks lookups for a job that should exist; {@link #LOOKS} outside a dry run
 */
record OneJob(Provider provider, FindOrCreate once, Console console, int looks) {

  /** About 15 s with the default delays: job lists may lag behind that long. */
  static final int LOOKS = 5;

  /** The existing job; creates nothing. */
  Optional<Job> find(JobRequest request) {
    return first(provider.findJobs(request));
  }

  /**
   * The job, found or created.
   *
   * @param mayBeThere whether an earlier create request may have taken effect
   */
  Found<Job> have(JobRequest request, boolean mayBeThere) {
    Found<Job> found =
        once.have(() -> find(request), () -> provider.create(request), looks, mayBeThere);
    if (found.adopted()) {
      return found;
    }
    Job own = found.thing();
    // A list that does not show this job yet would not show another machine's job either.
    List<Job> all = once.look(() -> provider.findJobs(request), jobs -> holds(jobs, own), looks);
    if (!holds(all, own)) {
      all = new ArrayList<>(all);
      all.add(own);
      all.sort(Comparator.comparing(OneJob::created).thenComparing(Job::id));
    }
    Job first = first(all).orElse(own);
    return first.id().equals(own.id()) ? found : new Found<>(first, true);
  }

  /** The first job that has not failed; cancels the other jobs of the run. */
  private Optional<Job> first(List<Job> all) {
    Optional<Job> first =
        all.stream()
            .filter(job -> !job.status().isLost())
            .findFirst()
            .or(() -> all.stream().findFirst());
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

  private static boolean holds(List<Job> jobs, Job own) {
    return jobs.stream().anyMatch(job -> job.id().equals(own.id()));
  }

  private static Instant created(Job job) {
    return job.createdAt() == null ? Instant.EPOCH : job.createdAt();
  }
}
