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
    ProviderOptions provider,
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

  /**
   * Holds the price against the budget, with an hour of the deployment.
   *
   * @param answers dollars of the answers, null if unknown
   * @param what is bought, for the prompt
   */
  void allow(Budget budget, @Nullable BigDecimal answers, String what) {
    if (terms == null) {
      budget.allow(answers, what, console);
      return;
    }
    console.say(
        "Deployment %s of %s, %s: %s".formatted(name, target.model(), terms.type(), terms.cost()));
    BigDecimal hour = terms.usdPerHour();
    budget.allow(
        answers == null || hour == null ? null : answers.add(hour),
        what + (terms.type().hasHourlyFee() ? " and an hour of the deployment" : ""),
        console);
  }

  /** Deploys the model if need be; the session takes it down. */
  Session start(Budget budget, @Nullable BigDecimal answers) {
    Inference inference = target.provider().inference();
    if (deployments == null || terms == null) {
      return new Session(inference, null);
    }
    Backoff backoff = provider.backoff();
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
                provider.baseUrl(target.provider().profile(), command.shell),
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
