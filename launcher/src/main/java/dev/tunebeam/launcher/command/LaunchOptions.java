package dev.tunebeam.launcher.command;

import dev.tunebeam.launcher.local.Trainer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that {@code launch} and {@code run} have in common. */
final class LaunchOptions {

  @Mixin private ProviderOptions provider = new ProviderOptions();
  @Mixin private TrainingOptions training = new TrainingOptions();
  @Mixin private BudgetOptions budget = new BudgetOptions();
  @Mixin private FollowOptions follow = new FollowOptions();
  @Mixin private PricesOption prices = new PricesOption();

  @Option(names = "--detach", description = "Exits as soon as the job is created, without"
      + " following it.")
  private boolean detach;

  @Option(
      names = "--again",
      description = "Starts a new job if the last one failed or was cancelled.")
  private boolean again;

  @Option(
      names = "--start",
      paramLabel = "TRAINER",
      converter = TrainerName.class,
      description =
          "With --provider=local: runs trl, axolotl or llama-factory with its generated config.")
  private @Nullable Trainer start;

  ProviderOptions provider() {
    return provider;
  }

  TrainingOptions training() {
    return training;
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
