package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.launcher.deploy.DeploymentName;
import dev.tunebeam.launcher.deploy.DeploymentWait;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.provider.Deployment;
import dev.tunebeam.launcher.provider.Deployments;
import dev.tunebeam.launcher.terminal.Console;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code deploy MODEL}: deploys a fine-tuned model until it is undeployed. */
@Command(
    name = "deploy",
    mixinStandardHelpOptions = true,
    description = "A second command finds the deployment of the first.")
public final class DeployCommand extends CommandContext {

  private static final BigDecimal DAY = BigDecimal.valueOf(24);

  @Mixin private ModelArgument argument = new ModelArgument();
  @Mixin private BudgetOptions budgetOptions = new BudgetOptions();
  @Mixin private PricesOption pricesOption = new PricesOption();
  @Mixin private DeploymentOptions options = new DeploymentOptions();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the deployment; by default made of the model's.")
  private @Nullable String name;

  /** Creates the command. */
  public DeployCommand(Shell shell) {
    super(shell);
  }

  /** The JSON output. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Result(Deployment deployment, boolean adopted, @Nullable BigDecimal usdPerHour) {}

  @Override
  ExitCode run() {
    Console console = console();
    ModelTarget target = argument.find(shell).model().open(shell, console);
    DeploymentOptions.Terms terms =
        options.terms(
            target.model(), target.known(pricesOption.catalogue(shell)).orElse(null), false);
    String own = name == null ? DeploymentName.of(target.model()) : DeploymentName.checked(name);
    Deployments deployments = target.provider().deployments();
    Optional<Deployment> there = deployments.find(own);
    if (there.isPresent() && !there.get().model().equals(target.model())) {
      throw wrongUse(
          "--name: %s is the deployment of %s; choose another name"
              .formatted(own, there.get().model()));
    }
    console.say(
        "Deployment %s of %s, %s, %s times %s: %s%s"
            .formatted(
                own,
                target.model(),
                terms.type(),
                terms.capacity(),
                deployments.unit(),
                terms.cost(),
                perDay(terms)));
    if (there.isEmpty()) {
      deployments.checkRoom();
    }
    if (there.isEmpty() || there.get().state() == Deployment.State.FAILED) {
      budgetOptions
          .budget(null, null)
          .allow(terms.usdPerHour(), "an hour of the deployment", console);
      deployments.create(
          new Deployments.Request(
              own, target.model(), terms.base(), terms.type(), terms.capacity()));
    }
    Deployment ready =
        new DeploymentWait(deployments, argument.provider().backoff(), console, shell.clock())
            .ready(own);
    String provider = "--provider=" + target.provider().profile().name();
    console.say(
        List.of(
            "%s answers as %s".formatted(target.model(), own),
            "Next",
            "  " + ShellCommand.tunebeam("ask", own, "TEXT", provider),
            "  " + ShellCommand.tunebeam("undeploy", own, provider)));
    console.json(new Result(ready, there.isPresent(), terms.usdPerHour()));
    return ExitCode.SUCCEEDED;
  }

  private static String perDay(DeploymentOptions.Terms terms) {
    BigDecimal hour = terms.usdPerHour();
    return hour == null || hour.signum() == 0
        ? ""
        : ", %s a day, until undeploy".formatted(Figures.dollars(hour.multiply(DAY)));
  }
}
