package dev.tunebeam.launcher.command;

import dev.tunebeam.launcher.registry.RegistryFile;
import picocli.CommandLine.Option;

/** The flag for the name that a promotion gives. */
final class PromotionOptions {

  @Option(
      names = "--as",
      paramLabel = "NAME",
      defaultValue = "production",
      description = "Name in the registry (${DEFAULT-VALUE}).")
  private String name = "";

  /** The name, one that can be given. */
  String name() {
    return RegistryFile.checked(name);
  }
}
