package dev.tunebeam.launcher.command;

import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.registry.MlflowModels;
import dev.tunebeam.launcher.registry.NamedModels;
import dev.tunebeam.launcher.registry.PromotedModel;
import dev.tunebeam.launcher.registry.PromotedModel.MlflowVersion;
import dev.tunebeam.launcher.registry.RegistryFile;
import dev.tunebeam.launcher.terminal.Console;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags for the name that a promotion gives, and what commands do with it. */
final class PromotionOptions {

  @Mixin private MlflowOptions mlflow = new MlflowOptions();

  @Option(
      names = "--as",
      paramLabel = "NAME",
      defaultValue = "production",
      description = "Name in the registry (${DEFAULT-VALUE}).")
  private String name = "";

  /** The name, one that can be given; rejects flags for MLflow that cannot be. */
  String checkedName(Shell shell) {
    mlflow.check(shell);
    return RegistryFile.checked("--as", name);
  }

  /**
   * Gives the name to a model, in the registry and then at MLflow.
   *
   * @param instead the model that must have the name, null if none may have it
   * @throws LauncherException that says so if only the registry has changed
   */
  NamedModels promote(
      RegistryFile registry,
      PromotedModel model,
      @Nullable PromotedModel instead,
      ProviderOptions options,
      Shell shell,
      Console console) {
    NamedModels models = registry.promote(name, model, instead, console);
    return atMlflow(registry, models, options, shell, console);
  }

  /** Gives the name back to the model before, in the registry and then at MLflow. */
  NamedModels rollBack(
      RegistryFile registry, ProviderOptions options, Shell shell, Console console) {
    NamedModels models = registry.rollBack(name, shell.clock().instant(), console);
    return atMlflow(registry, models, options, shell, console);
  }

  private NamedModels atMlflow(
      RegistryFile registry,
      NamedModels models,
      ProviderOptions options,
      Shell shell,
      Console console) {
    MlflowModels there = mlflow.models(options, shell, console);
    if (there == null) {
      return models;
    }
    PromotedModel current = models.current();
    try {
      if (!models.previous().isEmpty()) {
        there.alias(MlflowModels.PREVIOUS, there.version(models.previous().get(0)));
      }
      MlflowVersion version = there.version(current);
      NamedModels after = registry.registered(name, current, version, console);
      there.alias(name, version);
      console.say("%s is version %s at MLflow".formatted(name, version.version()));
      return after;
    } catch (LauncherException e) {
      String[] again =
          Stream.concat(
                  Stream.of("promote", name, "--as=" + name, "--registry=" + registry.file()),
                  Stream.of(mlflow.given()))
              .toArray(String[]::new);
      throw new LauncherException(
          e.exitCode(),
          "%s is %s in %s, but perhaps not at MLflow: %s; %s sets it there"
              .formatted(
                  name, current.model(), registry.file(), e.text(), ShellCommand.tunebeam(again)),
          e);
    }
  }
}
