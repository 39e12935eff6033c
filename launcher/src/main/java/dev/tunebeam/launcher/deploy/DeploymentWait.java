package dev.tunebeam.launcher.deploy;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.http.Backoff;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.process.Waiting;
import dev.tunebeam.launcher.provider.Deployment;
import dev.tunebeam.launcher.provider.Deployments;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** Waits until a deployment is ready, or gone. */
public record DeploymentWait(
    Deployments deployments, Backoff backoff, Waiting waiting, Clock clock) {

  private static final Duration LONGEST = Duration.ofSeconds(15);

  /**
   * Returns when the deployment answers.
   *
   * @throws LauncherException if it failed, or is still not ready when patience ends
   */
  public Deployment ready(String name) {
    Deployment last =
        until(
                name,
                there -> there.isPresent() && there.get().state() != Deployment.State.CREATING,
                "%s is being deployed")
            .orElseThrow();
    if (last.state() != Deployment.State.READY) {
      throw new LauncherException(
          ExitCode.JOB_FAILED, "the deployment %s is %s".formatted(name, last.providerState()));
    }
    return last;
  }

  /** Deletes a deployment and returns when it is gone. */
  public void delete(String name) {
    deployments.delete(name);
    until(name, Optional::isEmpty, "%s is being deleted");
  }

  private Optional<Deployment> until(
      String name, Predicate<Optional<Deployment>> done, String what) {
    Instant giveUp = clock.instant().plus(backoff.patience());
    for (int look = 1; ; look++) {
      Optional<Deployment> there = deployments.find(name);
      if (done.test(there)) {
        return there;
      }
      Duration delay = backoff.delay(look);
      delay = delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
      if (clock.instant().plus(delay).isAfter(giveUp)) {
        throw new LauncherException(
            ExitCode.TRY_LATER,
            what.formatted(name)
                + there.map(one -> " (" + one.providerState() + ")").orElse("")
                + "; run the same command later to resume");
      }
      if (look == 1) {
        waiting.announce(what.formatted(name), delay);
      }
      try {
        waiting.sleep(delay);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LauncherException(ExitCode.TRY_LATER, "interrupted while waiting", e);
      }
    }
  }
}
