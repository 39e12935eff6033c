package dev.tunebeam.launcher.command;

import dev.tunebeam.launcher.deploy.DeployedInference;
import dev.tunebeam.launcher.deploy.DeploymentWait;
import dev.tunebeam.launcher.deploy.TemporaryDeployment;
import dev.tunebeam.launcher.deploy.TemporaryRecord;
import dev.tunebeam.launcher.http.Backoff;
import dev.tunebeam.launcher.inference.Inference;
import dev.tunebeam.launcher.launch.Budget;
import dev.tunebeam.launcher.provider.Deployments;
import dev.tunebeam.launcher.terminal.Console;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A model that is asked, and its deployment for that time.
 *
 * @param name by which it is asked
 * @param deployments null if nothing is deployed
 * @param terms null if nothing is deployed
 */
record Serving(
    ModelTarget target,
    String name,
    @Nullable Deployments deployments,
    DeploymentOptions.@Nullable Terms terms,
    CommandContext command,
    Console console) {

  private static final BigDecimal SECONDS = BigDecimal.valueOf(3600);

  /** The model while it can be asked. */
  record Session(Inference inference, @Nullable TemporaryDeployment deployment)
      implements AutoCloseable {
    @Override
    public void close() {
      if (deployment != null) {
        deployment.close();
      }
    }
  }

  /** Says what is deployed for it, if anything is. */
  void announce() {
    if (terms != null) {
      console.say(
          "Deployment %s of %s, %s: %s"
              .formatted(name, target.model(), terms.type(), terms.cost()));
    }
  }

  /**
   * What answers cost, with an hour of the deployment.
   *
   * @param answers dollars of the answers, null if unknown
   * @return dollars, null if unknown
   */
  @Nullable BigDecimal cost(@Nullable BigDecimal answers) {
    if (terms == null) {
      return answers;
    }
    BigDecimal hour = terms.usdPerHour();
    return answers == null || hour == null ? null : answers.add(hour);
  }

  /** Whether it is asked through a deployment that was found by the model. */
  boolean isDeployed() {
    return !name.equals(target.model());
  }

  /** Whether its hours are billed. */
  boolean isBilledByTheHour() {
    return terms != null && terms.type().hasHourlyFee();
  }

  /**
   * What has been used up of a budget when the model was asked.
   *
   * @param answers dollars of the answers
   * @param time since the deployment began
   */
  BigDecimal used(BigDecimal answers, Duration time) {
    BigDecimal hour = terms == null ? null : terms.usdPerHour();
    return hour == null
        ? answers
        : answers.add(
            hour.multiply(BigDecimal.valueOf(time.toSeconds() + 1))
                .divide(SECONDS, 6, RoundingMode.UP));
  }

  /** Deploys the model if need be; the session takes it down. */
  Session start(Budget budget, @Nullable BigDecimal answers) {
    Inference inference = target.provider().inference();
    if (deployments == null || terms == null) {
      return new Session(inference, null);
    }
    Backoff backoff = target.options().backoff();
    Clock clock = command.shell.clock();
    Instant end = end(budget, answers, terms.usdPerHour(), clock.instant());
    String usdPerHour = terms.usdPerHour() == null ? null : terms.usdPerHour().toPlainString();
    TemporaryDeployment deployment =
        TemporaryDeployment.of(
            new DeploymentWait(deployments, backoff, console, clock),
            new Deployments.Request(
                name, target.model(), terms.base(), terms.type(), terms.capacity()),
            new TemporaryRecord(
                target.provider().profile().name(),
                target.baseUrl(),
                deployments.place(),
                name,
                target.model(),
                clock.instant(),
                false,
                usdPerHour),
            command.shell.variables(),
            command.shell.folder());
    console.tell("deployed as %s for the time of this command".formatted(name));
    return new Session(new DeployedInference(inference, backoff, console, clock, end), deployment);
  }

  /** When the hours of the deployment have used up the budget; null if they cannot. */
  private static @Nullable Instant end(
      Budget budget, @Nullable BigDecimal answers, @Nullable BigDecimal hour, Instant start) {
    if (budget.limit() == null || answers == null || hour == null || hour.signum() == 0) {
      return null;
    }
    return start.plusSeconds(
        budget
            .limit()
            .subtract(answers)
            .multiply(SECONDS)
            .divide(hour, 0, RoundingMode.DOWN)
            .longValue());
  }
}
