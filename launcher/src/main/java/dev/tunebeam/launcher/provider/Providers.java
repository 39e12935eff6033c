package dev.tunebeam.launcher.provider;

import static dev.tunebeam.launcher.LauncherException.wrongUse;

import dev.tunebeam.dataset.Nearest;
import dev.tunebeam.launcher.local.LocalTraining;
import java.util.List;
import java.util.function.Function;

/** The providers that there are. */
public final class Providers {

  /** A provider that can be had: what it is, and how to open it. */
  private record Entry(Traits traits, Function<Connection, Provider> open) {}

  private static final List<Entry> ALL =
      List.of(
          new Entry(OpenAi.TRAITS, OpenAi::new),
          new Entry(AzureOpenAi.TRAITS, AzureOpenAi::new),
          new Entry(Nebius.TRAITS, Nebius::new),
          new Entry(Together.TRAITS, Together::new),
          new Entry(Fireworks.TRAITS, Fireworks::new),
          new Entry(LocalTraining.TRAITS, connection -> noApi()));

  private Providers() {}

  /** What sets them apart, in the order in which help shows them. */
  public static List<Traits> traits() {
    return ALL.stream().map(Entry::traits).toList();
  }

  /** The traits of the provider of that name. */
  public static Traits traits(String name) {
    return entry(name).traits();
  }

  /** The provider of that name behind a connection. */
  public static Provider open(String name, Connection connection) {
    return entry(name).open().apply(connection);
  }

  private static Provider noApi() {
    throw wrongUse(
        "local trains on this machine: there is nobody to ask for jobs or models;"
            + " launch writes configs, and --start runs one");
  }

  private static Entry entry(String name) {
    return ALL.stream()
        .filter(entry -> entry.traits().name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private static RuntimeException unknown(String name) {
    List<String> names = ALL.stream().map(entry -> entry.traits().name()).toList();
    return wrongUse(
        "--provider=%s: there is no such provider%s; the providers are %s"
            .formatted(
                name,
                Nearest.of(name, names).map(near -> " (did you mean " + near + "?)").orElse(""),
                String.join(", ", names)));
  }
}
