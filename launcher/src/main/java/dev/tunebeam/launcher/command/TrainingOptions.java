package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Model;
import dev.tunebeam.launcher.launch.RecipeLaunch;
import dev.tunebeam.launcher.provider.Method;
import dev.tunebeam.launcher.provider.TrainingSettings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say how a model is trained. What they leave open the recipe says. */
final class TrainingOptions {

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The model to train; a tuned one is trained further.")
  private @Nullable String model;

  @Option(
      names = "--suffix",
      paramLabel = "TEXT",
      description = "A part of the tuned model's name.")
  private @Nullable String suffix;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the training split; else as the dataset was priced.")
  private @Nullable Integer epochs;

  @Option(names = "--batch-size", paramLabel = "N", description = "Examples a step.")
  private @Nullable Integer batchSize;

  @Option(
      names = "--learning-rate-multiplier",
      paramLabel = "X",
      description = "Times the provider's own learning rate.")
  private @Nullable BigDecimal learningRateMultiplier;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description = "The rate itself, for providers that take it.")
  private @Nullable BigDecimal learningRate;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      description = "supervised, or dpo for preference pairs; else as the dataset's format asks.")
  private @Nullable Method method;

  @Option(
      names = "--beta",
      paramLabel = "X",
      description = "With dpo: how close to the model before training, above 0, at most 2.")
  private @Nullable BigDecimal beta;

  @Option(names = "--seed", paramLabel = "N", description = "Of the training, where it can be set.")
  private @Nullable Integer seed;

  @Option(
      names = "--wandb-project",
      paramLabel = "NAME",
      description = "The project of Weights & Biases that gets the metrics.")
  private @Nullable String wandbProject;

  @Option(names = "--wandb-name", paramLabel = "NAME", description = "The run's name there.")
  private @Nullable String wandbName;

  @Option(names = "--wandb-entity", paramLabel = "NAME", description = "The team or user there.")
  private @Nullable String wandbEntity;

  @Option(
      names = "--wandb-tag",
      paramLabel = "TEXT",
      description = "A tag of the run there; more than once for several.")
  private List<String> wandbTags = new ArrayList<>();

  /**
   * The name of the model that is asked for; the recipe's, or the one of the prices, if none is.
   */
  @Nullable String model(RecipeLaunch recipe) {
    return first(model, recipe.model());
  }

  /** The model that the flag names, null if there is no such flag. */
  @Nullable String model() {
    return model;
  }

  /** The passes that the flag names, null if there is no such flag. */
  @Nullable Integer epochs() {
    return epochs;
  }

  /** Whether the flag for the seed is given. */
  boolean hasSeed() {
    return seed != null;
  }

  /**
   * The settings of the run.
   *
   * @param name the provider's name of the model
   * @param known what the catalogue knows of it, null if nothing
   */
  TrainingSettings settings(
      String name, @Nullable Model known, Manifest manifest, RecipeLaunch recipe) {
    boolean pairs = manifest.format() == Format.PREFERENCE;
    Method chosen = first(method, recipe.method());
    Integer passes = first(epochs, recipe.epochs());
    return new TrainingSettings(
        name,
        chosen == null ? (pairs ? Method.DPO : Method.SUPERVISED) : chosen,
        passes == null ? Integer.valueOf(Math.max(1, manifest.cost().epochs())) : passes,
        first(batchSize, recipe.batchSize()),
        first(learningRateMultiplier, recipe.learningRateMultiplier()),
        first(learningRate, recipe.learningRate()),
        first(beta, recipe.beta()),
        first(seed, recipe.seed()),
        first(suffix, recipe.suffix()),
        wandb(recipe));
  }

  private TrainingSettings.@Nullable Wandb wandb(RecipeLaunch recipe) {
    String project = first(wandbProject, recipe.wandbProject());
    String name = first(wandbName, recipe.wandbName());
    String entity = first(wandbEntity, recipe.wandbEntity());
    List<String> tags = wandbTags.isEmpty() ? first(recipe.wandbTags(), List.of()) : wandbTags;
    if (project == null) {
      if (name != null || entity != null || (tags != null && !tags.isEmpty())) {
        throw wrongUse("a run in Weights & Biases needs its --wandb-project");
      }
      return null;
    }
    return new TrainingSettings.Wandb(project, name, entity, tags == null ? List.of() : tags);
  }

  private static <T> @Nullable T first(@Nullable T flag, @Nullable T recipe) {
    return flag == null ? recipe : flag;
  }
}
