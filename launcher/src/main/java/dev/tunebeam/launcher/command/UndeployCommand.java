package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.terminal.Columns;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.deploy.DeploymentWait;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.provider.Deployment;
import dev.tunebeam.launcher.provider.Deployments;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.terminal.Console;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code undeploy NAME}: deletes a deployment after a confirmation; the model is kept. */
@Command(
    name = "undeploy",
    mixinStandardHelpOptions = true,
    description = "Without a name it lists the deployments. The model is kept.")
public final class UndeployCommand extends CommandContext {

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "Name of the deployment, or of its model.")
  private @Nullable String name;

  @Mixin private ProviderOptions providerOptions = new ProviderOptions();

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask for confirmation.")
  private boolean yes;

  /** Creates the command. */
  public UndeployCommand(Shell shell) {
    super(shell);
  }

  @Override
  ExitCode run() {
    Console console = console();
    Provider provider = providerOptions.open(providerOptions.orDefault(shell), shell, console);
    Deployments deployments = provider.deployments();
    List<Deployment> all = deployments.list();
    if (name == null) {
      console.say(table(all));
      console.json(Map.of("deployments", all));
      return ExitCode.SUCCEEDED;
    }
    List<Deployment> meant =
        all.stream().filter(one -> one.name().equals(name) || one.model().equals(name)).toList();
    if (meant.isEmpty()) {
      console.say("%s is not deployed".formatted(name));
      console.json(Map.of("undeployed", List.of()));
      return ExitCode.SUCCEEDED;
    }
    if (meant.size() > 1) {
      throw wrongUse(
          "%s is deployed several times: name one of %s"
              .formatted(name, meant.stream().map(Deployment::name).toList()));
    }
    Deployment one = meant.get(0);
    confirm(one, console);
    new DeploymentWait(deployments, providerOptions.backoff(), console, shell.clock())
        .delete(one.name());
    console.say("undeployed %s; %s is kept".formatted(one.name(), one.model()));
    console.json(Map.of("undeployed", List.of(one.name())));
    return ExitCode.SUCCEEDED;
  }

  private void confirm(Deployment deployment, Console console) {
    if (yes) {
      return;
    }
    if (!console.terminal()) {
      throw wrongUse(
          "cannot confirm without a terminal: use --yes to undeploy " + deployment.name());
    }
    if (!console.confirmed(
        "Undeploy %s, which answers for %s?".formatted(deployment.name(), deployment.model()))) {
      throw new LauncherException(ExitCode.WRONG_USE, "not confirmed; nothing was undeployed");
    }
  }

  private static List<String> table(List<Deployment> all) {
    Columns table = new Columns("lllll");
    table.row("deployment", "model", "type", "state", "created");
    for (Deployment one : all) {
      table.row(
          one.name(),
          one.model(),
          one.providerType(),
          one.providerState(),
          Objects.toString(one.createdAt(), "-"));
    }
    return all.isEmpty() ? List.of("no deployments") : table.lines("");
  }
}
