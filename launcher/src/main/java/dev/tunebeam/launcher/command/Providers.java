package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.terminal.Nearest;
import dev.tunebeam.launcher.local.LocalTraining;
import dev.tunebeam.launcher.provider.Connection;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.provider.ProviderProfile;
import dev.tunebeam.launcher.provider.azure.AzureOpenAi;
import dev.tunebeam.launcher.provider.fireworks.Fireworks;
import dev.tunebeam.launcher.provider.nebius.Nebius;
import dev.tunebeam.launcher.provider.openai.OpenAi;
import dev.tunebeam.launcher.provider.together.Together;
import java.util.List;
import java.util.function.Function;

/** The supported providers. */
public final class Providers {

  /** A provider's profile and constructor. */
  private record Entry(ProviderProfile profile, Function<Connection, Provider> open) {}

  private static final List<Entry> ALL =
      List.of(
          new Entry(OpenAi.PROFILE, OpenAi::new),
          new Entry(AzureOpenAi.PROFILE, AzureOpenAi::new),
          new Entry(Nebius.PROFILE, Nebius::new),
          new Entry(Together.PROFILE, Together::new),
          new Entry(Fireworks.PROFILE, Fireworks::new),
          new Entry(LocalTraining.PROFILE, connection -> noApi()));

  private Providers() {}

  /** All profiles, in the order in which help lists them. */
  public static List<ProviderProfile> profiles() {
    return ALL.stream().map(Entry::profile).toList();
  }

  /** The profile of the provider of that name. */
  public static ProviderProfile profile(String name) {
    return entry(name).profile();
  }

  /** The provider of that name behind a connection. */
  public static Provider open(String name, Connection connection) {
    return entry(name).open().apply(connection);
  }

  private static Provider noApi() {
    throw wrongUse(
        "local has no API for jobs or models; launch writes trainer configs, and --start runs one");
  }

  private static Entry entry(String name) {
    return ALL.stream()
        .filter(entry -> entry.profile().name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private static RuntimeException unknown(String name) {
    List<String> names = profiles().stream().map(ProviderProfile::name).toList();
    return wrongUse(
        "--provider=%s: unknown provider%s; choose one of %s"
            .formatted(
                name,
                Nearest.of(name, names).map(near -> " (did you mean " + near + "?)").orElse(""),
                String.join(", ", names)));
  }
}
