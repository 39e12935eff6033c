package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.launcher.launch.LaunchFile;
import dev.tunebeam.launcher.launch.LaunchRecord;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.registry.NamedModels;
import dev.tunebeam.launcher.registry.PromotedModel;
import dev.tunebeam.launcher.registry.RegistryFile;
import dev.tunebeam.launcher.registry.RegistryPlace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds a model by its name at the provider, by its name in the registry, or by the folder that it
 * was trained from.
 *
 * @param meantFor the provider that the flags are meant for, null for any
 */
record ModelFinder(
    ProviderOptions options, @Nullable String meantFor, RegistryFile registry, Shell shell) {

  ModelFinder(ProviderOptions options, RegistryFile registry, Shell shell) {
    this(options, options.name(), registry, shell);
  }

  /** For a model beside this one: address and key in the flags are those of this one's provider. */
  ModelFinder beside(FoundModel model) {
    return new ModelFinder(options, model.provider(), registry, shell);
  }

  /**
   * Finds a model.
   *
   * @param name in the registry or at the provider; null for the last model trained from the folder
   * @param folder of its training dataset, null if unknown
   */
  FoundModel find(@Nullable String name, @Nullable Path folder) {
    Optional<LaunchRecord> launch =
        folder == null
            ? Optional.empty()
            : new LaunchFile(folder).last(known -> isOf(known, name, options.name()));
    Optional<PromotedModel> named =
        name == null ? Optional.empty() : registry.find(name).map(NamedModels::current);
    if (named.isPresent()) {
      if (launch.isPresent()) {
        throw wrongUse(
            "%s is a name in %s and also a model trained from %s: rename one of them"
                .formatted(name, registry.file(), folder));
      }
      return of(named.get());
    }
    if (launch.isPresent()) {
      return of(launch.get());
    }
    if (name == null) {
      throw wrongUse(
          "no model has been trained from %s yet; check with %s, or pass a model"
              .formatted(folder, ShellCommand.tunebeam("follow", String.valueOf(folder))));
    }
    String provider = options.orDefault(shell);
    String baseUrl = options.baseUrl(Providers.profile(provider), shell);
    return new FoundModel(provider, baseUrl, name, null, null, options);
  }

  /**
   * Finds a model to compare with.
   *
   * @param name as for {@link #find}, or {@code last} for the model of the run before
   * @param folder of the dataset that both are asked about
   */
  FoundModel against(String name, FoundModel model, Path folder) {
    if (!name.equals(RegistryFile.LAST)) {
      return find(name, folder);
    }
    LaunchRecord before = null;
    for (LaunchRecord launch : runs(folder)) {
      if (isOf(launch, null, null)) {
        if (of(launch).isSameAs(model)) {
          break;
        }
        before = launch;
      }
    }
    if (before == null) {
      throw wrongUse(
          "--against=last: no model was trained from %s before %s"
              .formatted(folder, model.model()));
    }
    return of(before);
  }

  /** The runs of a folder, after those of the last night before it that has trained a model. */
  private static List<LaunchRecord> runs(Path folder) {
    List<LaunchRecord> runs = new ArrayList<>(new LaunchFile(folder).records());
    Optional<Path> before = RegistryPlace.before(folder);
    Set<Path> seen = new HashSet<>(); // a night with the same rows continues itself
    while (before.isPresent() && seen.add(before.get())) {
      List<LaunchRecord> earlier = new LaunchFile(before.get()).records();
      runs.addAll(0, earlier);
      before =
          earlier.stream().anyMatch(run -> isOf(run, null, null))
              ? Optional.empty()
              : RegistryPlace.before(before.get());
    }
    return runs;
  }

  /** The model of a run. */
  FoundModel of(LaunchRecord launch) {
    return new FoundModel(
        launch.provider(),
        flags(launch.provider()).baseUrlAt(launch.baseUrl()),
        Objects.requireNonNull(Objects.requireNonNull(launch.job()).tunedModel()),
        launch.settings().model(),
        launch.digest(),
        flags(launch.provider()));
  }

  /** A model that has a name. */
  FoundModel of(PromotedModel named) {
    return new FoundModel(
        named.provider(),
        flags(named.provider()).baseUrlAt(named.baseUrl()),
        named.model(),
        named.base(),
        named.digest(),
        flags(named.provider()));
  }

  private ProviderOptions flags(String provider) {
    return meantFor == null || meantFor.equals(provider) ? options : options.elsewhere();
  }

  /**
   * The folder that an argument names which may also be a model; null if it names none.
   *
   * @throws dev.tunebeam.launcher.process.LauncherException if it is also a name in the registry
   */
  static @Nullable Path folder(String argument, RegistryOption registry, Shell shell) {
    Path folder = shell.folder().resolve(argument);
    if (!Files.isDirectory(folder)) {
      return null;
    }
    RegistryFile names = registry.of(shell, null);
    if (names.find(argument).isPresent()) {
      throw wrongUse(
          "%s is a folder and also a name in %s: write ./%s for the folder, or give the model"
                  .formatted(argument, names.file(), argument)
              + " itself");
    }
    return folder;
  }

  private static boolean isOf(
      LaunchRecord launch, @Nullable String name, @Nullable String provider) {
    return launch.job() != null
        && launch.job().tunedModel() != null
        && (name == null || name.equals(launch.job().tunedModel()))
        && (provider == null || provider.equals(launch.provider()));
  }
}
