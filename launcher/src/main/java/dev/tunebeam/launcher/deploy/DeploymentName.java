package dev.tunebeam.launcher.deploy;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.Sha256;
import java.util.Locale;

/** Names of deployments: letters, digits and dashes, the same for the same model everywhere. */
public final class DeploymentName {

  private static final int LONGEST = 64;
  private static final int DIGITS = 12;
  private static final String TEMPORARY = "tunebeam-temporary-";

  private DeploymentName() {}

  /** The name of a deployment that stays: the model's, as far as its characters are allowed. */
  public static String of(String model) {
    String name = model.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
    int room = LONGEST - DIGITS - 1;
    return name.length() <= LONGEST && !name.isEmpty()
        ? name
        : name.substring(0, Math.min(room, name.length())) + "-" + digits(model);
  }

  /** The name of the deployment of a model for the time of a command. */
  public static String temporary(String model) {
    return TEMPORARY + digits(model);
  }

  /** Whether a deployment of this name was made for the time of a command. */
  public static boolean isTemporary(String name) {
    return name.startsWith(TEMPORARY);
  }

  /**
   * A name that a user chose.
   *
   * @throws dev.tunebeam.launcher.process.LauncherException if it is not allowed
   */
  public static String checked(String name) {
    if (!name.matches("[A-Za-z0-9-]{1," + LONGEST + "}")) {
      throw wrongUse(
          String.format(
              Locale.ROOT,
              "--name: a deployment's name has 1 to %d letters, digits and dashes, not '%s'",
              LONGEST,
              name));
    }
    return name;
  }

  private static String digits(String model) {
    return Sha256.of(model).substring(0, DIGITS);
  }
}
