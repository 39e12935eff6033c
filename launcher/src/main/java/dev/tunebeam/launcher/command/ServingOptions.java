package dev.tunebeam.launcher.command;

import dev.tunebeam.dataset.Model;
import dev.tunebeam.launcher.deploy.DeploymentName;
import dev.tunebeam.launcher.provider.Deployment;
import dev.tunebeam.launcher.provider.Deployments;
import dev.tunebeam.launcher.terminal.Console;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of commands that ask a model, and deploy it for that time if need be. */
final class ServingOptions {

  @Option(
      names = "--deploy",
      description =
          "Deploy the model for the time of this command, if it is not deployed, and take it down"
              + " again.")
  private boolean deploy;

  @Mixin private DeploymentOptions options = new DeploymentOptions();

  boolean deploy() {
    return deploy;
  }

  /** By which name the model is asked, and what must be deployed before. */
  Serving of(ModelTarget target, @Nullable Model known, CommandContext command, Console console) {
    if (!deploy) {
      return new Serving(target, target.model(), null, null, command, console);
    }
    DeploymentOptions.Terms terms = options.terms(target.model(), known, true);
    Deployments deployments = target.provider().deployments();
    Optional<Deployment> there =
        deployments.list().stream()
            .filter(one -> one.model().equals(target.model()))
            .filter(one -> one.state() == Deployment.State.READY)
            .filter(one -> !DeploymentName.isTemporary(one.name()))
            .findFirst();
    if (there.isPresent()) {
      console.tell(
          "%s is deployed as %s, which stays".formatted(target.model(), there.get().name()));
      return new Serving(target, there.get().name(), null, null, command, console);
    }
    return new Serving(
        target, DeploymentName.temporary(target.model()), deployments, terms, command, console);
  }
}
