package dev.tunebeam.launcher.command;

import dev.tunebeam.launcher.local.Trainer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that {@code launch} and {@code run} share, in addition to {@link TrainingFlags}. */
final class LaunchOptions {

  @Mixin private ProviderOptions provider = new ProviderOptions();
  @Mixin private BudgetOptions budget = new BudgetOptions();
  @Mixin private FollowOptions follow = new FollowOptions();
  @Mixin private PricesOption prices = new PricesOption();

  @Option(names = "--detach", description = "Return once the job is created.")
  private boolean detach;

  @Option(
      names = "--again",
      description = "Start a new job if the last one failed or was cancelled.")
  private boolean again;

  @Option(
      names = "--start",
      paramLabel = "TRAINER",
      converter = TrainerName.class,
      description =
          "With --provider=local: run trl, axolotl or llama-factory with its generated config.")
  private @Nullable Trainer start;

  ProviderOptions provider() {
    return provider;
  }

  BudgetOptions budget() {
    return budget;
  }

  FollowOptions follow() {
    return follow;
  }

  PricesOption prices() {
    return prices;
  }

  boolean detach() {
    return detach;
  }

  boolean again() {
    return again;
  }

  /** The trainer to run on this machine, null for none. */
  @Nullable Trainer start() {
    return start;
  }

  /** Reads the name of a trainer. */
  static final class TrainerName implements ITypeConverter<Trainer> {
    @Override
    public Trainer convert(String name) {
      return Trainer.named(name);
    }
  }
}
