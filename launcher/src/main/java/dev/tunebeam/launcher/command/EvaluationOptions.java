package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import java.math.BigDecimal;
import java.util.Locale;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of commands that run a validation split through models. */
final class EvaluationOptions {

  private static final int MOST_PARALLEL = 64;
  private static final int MOST_POINTS = 50;

  @Mixin private ServingOptions serving = new ServingOptions();
  @Mixin private RegistryOption registry = new RegistryOption();

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "8",
      description = "Concurrent requests, at most 64 (${DEFAULT-VALUE}).")
  private int parallel;

  @Option(
      names = "--margin",
      paramLabel = "POINTS",
      defaultValue = "2",
      description =
          "By how many points of a hundred a model may be worse than the other one and count as not"
              + " worse (${DEFAULT-VALUE}).")
  private BigDecimal margin = BigDecimal.ZERO;

  ServingOptions serving() {
    return serving;
  }

  RegistryOption registry() {
    return registry;
  }

  int parallel() {
    if (parallel < 1 || parallel > MOST_PARALLEL) {
      throw wrongUse(
          String.format(
              Locale.ROOT, "--parallel must be 1 to %d, not %d", MOST_PARALLEL, parallel));
    }
    return parallel;
  }

  /** The margin as a share, above 0. */
  double margin() {
    if (margin.signum() <= 0 || margin.compareTo(BigDecimal.valueOf(MOST_POINTS)) > 0) {
      throw wrongUse(
          "--margin must be above 0 and at most %s, not %s"
              .formatted(MOST_POINTS, margin.toPlainString()));
    }
    return margin.movePointLeft(2).doubleValue();
  }
}
