package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.DeploymentType;
import dev.tunebeam.dataset.Model;
import dev.tunebeam.dataset.terminal.Figures;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say how a model is deployed. */
final class DeploymentOptions {

  @Option(
      names = "--deploymentType",
      paramLabel = "TYPE",
      converter = TypeName.class,
      description =
          "Type of the deployment: standard, global-standard, data-zone-standard or developer, which"
              + " has no hourly fee; by default what the catalogue says of the model.")
  private @Nullable DeploymentType type;

  @Option(
      names = "--capacity",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "Capacity of the deployment, at Azure in 1,000 tokens a minute (${DEFAULT-VALUE}).")
  private int capacity;

  /**
   * How a model is deployed.
   *
   * @param base the model that it was trained from
   * @param usdPerHour null if unknown
   */
  record Terms(String base, DeploymentType type, int capacity, @Nullable BigDecimal usdPerHour) {

    /** The cost, as text. */
    String cost() {
      if (!type.hasHourlyFee()) {
        return "no hourly fee; deleted by the provider after 24 hours";
      }
      return usdPerHour == null
          ? "an unknown price an hour, used or not"
          : "$%s an hour, used or not".formatted(Figures.price(usdPerHour));
    }
  }

  /**
   * The terms for a model.
   *
   * @param known the row of its base model, null if there is none
   * @param temporary whether it is only needed for a command: the developer type is preferred
   */
  Terms terms(String model, @Nullable Model known, boolean temporary) {
    if (capacity < 1) {
      throw wrongUse("--capacity must be at least 1, not " + capacity);
    }
    List<DeploymentType> types = known == null ? null : known.deploymentTypes();
    String base = known == null ? model.replaceFirst("[.:]ft-.*", "") : known.id();
    if (types != null && !types.isEmpty() && type != null && !types.contains(type)) {
      throw wrongUse(
          "--deploymentType=%s: %s is deployed as %s"
              .formatted(
                  type,
                  base,
                  types.stream().map(DeploymentType::toString).collect(Collectors.joining(", "))));
    }
    if (types != null && types.isEmpty()) {
      throw wrongUse("%s has no serverless deployment".formatted(base));
    }
    DeploymentType usual =
        types == null
            ? DeploymentType.STANDARD
            : temporary && types.contains(DeploymentType.DEVELOPER)
                ? DeploymentType.DEVELOPER
                : types.get(0);
    DeploymentType chosen = Objects.requireNonNullElse(type, usual);
    BigDecimal hourly = known == null ? null : known.prices().hostingPerHour();
    return new Terms(base, chosen, capacity, chosen.hasHourlyFee() ? hourly : BigDecimal.ZERO);
  }

  /** Reads a type. */
  static final class TypeName implements picocli.CommandLine.ITypeConverter<DeploymentType> {
    @Override
    public DeploymentType convert(String name) {
      for (DeploymentType type : DeploymentType.values()) {
        if (type.toString().equals(name)) {
          return type;
        }
      }
      throw new picocli.CommandLine.TypeConversionException(
          "standard, global-standard, data-zone-standard or developer, not '" + name + "'");
    }
  }
}
