package dev.tunebeam.launcher.launch;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.http.Backoff;
import dev.tunebeam.launcher.http.RefusedException;
import dev.tunebeam.launcher.http.UncertainException;
import dev.tunebeam.launcher.launch.FindOrCreate.Found;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.JobRequest;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.terminal.Console;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Creates the job of a run over APIs without idempotency keys. A request is recorded before it is
 * sent ({@link LaunchRecord#creatingSince}) and stays uncertain, over any number of processes,
 * until a response or a list shows its job, or until lists still do not show it {@link
 * Backoff#settling} later. Only then another request is sent. An error response does not make it
 * certain either: a gateway may answer 429 or 400 for a request that took effect.
 */
final class Creation {

  /** About 15 s with the default delays: how long a new job is looked for in the list. */
  private static final int LOOKS = 5;

  private final Provider provider;
  private final OneJob jobs;
  private final LaunchStore store;
  private final Backoff backoff;
  private final Console console;
  private final Clock clock;

  Creation(
      Provider provider,
      OneJob jobs,
      LaunchStore store,
      Backoff backoff,
      Console console,
      Clock clock) {
    this.provider = provider;
    this.jobs = jobs;
    this.store = store;
    this.backoff = backoff;
    this.console = console;
    this.clock = clock;
  }

  /**
   * The job, found or created.
   *
   * @throws RefusedException if the provider rejected the request and shows no job
   */
  Found<Job> have(JobRequest request, LaunchRecord launch) {
    Instant giveUp = clock.instant().plus(backoff.patience());
    LaunchRecord known = launch;
    for (int attempt = 1; ; attempt++) {
      Optional<Job> there = settled(request, known, giveUp);
      if (there.isPresent()) {
        return new Found<>(there.get(), attempt == 1);
      }
      known = sent(known);
      try {
        return created(request, provider.create(request));
      } catch (UncertainException e) {
        known = sent(known); // it may have been under way for long
        String why = e.text() + "; then checking whether the request took effect";
        pause(why, FindOrCreate.longer(backoff.delay(attempt), e.asked()), giveUp, known);
      } catch (RefusedException e) {
        known = sent(known);
        Optional<Job> nevertheless = jobs.find(request);
        if (nevertheless.isPresent()) {
          return new Found<>(nevertheless.get(), false);
        }
        throw e;
      }
    }
  }

  private LaunchRecord sent(LaunchRecord launch) {
    LaunchRecord now = launch.creating(clock.instant());
    store.save(now);
    return now;
  }

  /** The job of an earlier request; empty if there is none and none can appear any more. */
  private Optional<Job> settled(JobRequest request, LaunchRecord launch, Instant giveUp) {
    Instant since = launch.creatingSince();
    if (since == null) {
      return jobs.find(request);
    }
    // A clock that was set back must not keep it uncertain for years.
    Instant now = clock.instant();
    Instant end = (since.isAfter(now) ? now : since).plus(backoff.settling());
    boolean settled = false;
    for (int look = 1; ; look++) {
      Instant begun = clock.instant();
      Optional<Job> there = look(request);
      if (there.isPresent()) {
        return there;
      }
      if (settled) {
        return there;
      }
      // One more look: it is on the word of two lists that money is spent again.
      settled = !begun.isBefore(end);
      Duration left = Duration.between(begun, end);
      Duration delay = backoff.delay(look);
      delay = settled || left.compareTo(delay) > 0 ? delay : left;
      pause(
          settled
              ? "no job of this run in the provider's list; looking once more"
              : "no job of this run in the provider's list; an earlier request may create it until "
                  + console.time(end),
          delay,
          giveUp,
          launch);
    }
  }

  /** A list that cannot tell shows no job, and is asked again. */
  private Optional<Job> look(JobRequest request) {
    try {
      return jobs.find(request);
    } catch (UncertainException e) {
      console.tell(e.text());
      return Optional.empty();
    }
  }

  /** A job that was created, unless another machine created an older one at the same time. */
  private Found<Job> created(JobRequest request, Job own) {
    try {
      List<Job> all = provider.findJobs(request);
      // A list that does not show this job yet would not show another machine's job either.
      int looks = store == LaunchStore.NONE ? 1 : LOOKS;
      for (int look = 1; look < looks && !holds(all, own); look++) {
        pause("not in the provider's list yet", backoff.delay(look));
        all = provider.findJobs(request);
      }
      Job first = jobs.first(all, listed(all, own));
      return new Found<>(first, !first.id().equals(own.id()));
    } catch (LauncherException e) {
      // It is there and paid for: that is kept whatever the lists say.
      console.tell("created job %s; not looked for others: %s".formatted(own.id(), e.text()));
      return new Found<>(own, false);
    }
  }

  private static boolean holds(List<Job> jobs, Job own) {
    return jobs.stream().anyMatch(job -> job.id().equals(own.id()));
  }

  /** The job as it is now: another machine may have cancelled it. */
  private static Job listed(List<Job> jobs, Job own) {
    return jobs.stream().filter(job -> job.id().equals(own.id())).findFirst().orElse(own);
  }

  private void pause(String why, Duration time, Instant giveUp, LaunchRecord launch) {
    if (clock.instant().plus(time).isAfter(giveUp)) {
      Instant until = launch.creatingSince();
      throw new LauncherException(
          ExitCode.TRY_LATER,
          why
              + "; run the same command later: it checks whether the request took effect and resumes"
              + (until == null
                  ? ""
                  : "; it creates no other job before "
                      + console.time(until.plus(backoff.settling()))));
    }
    pause(why, time);
  }

  private void pause(String why, Duration time) {
    FindOrCreate.pause(console, why, time);
  }
}
