package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Model;
import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.UnknownModelException;
import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.registry.NamedModels;
import dev.tunebeam.launcher.registry.PromotedModel;
import dev.tunebeam.launcher.registry.RegistryFile;
import dev.tunebeam.launcher.registry.RegistryPlace;
import dev.tunebeam.launcher.terminal.Console;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The model that a launch trains further: the one that a name of the registry stands for when the
 * job is created. Refuses one that cannot be, or whose price would not be that of the base model.
 *
 * @param name in the registry
 * @param provider of the launch
 * @param baseUrl where that provider's API is
 * @param base the id of the base model
 * @param priced the catalogue's row of the base model, null if there is none
 * @param folder of the dataset
 */
record Continuing(
    String name,
    RegistryFile registry,
    String provider,
    String baseUrl,
    String base,
    @Nullable Model priced,
    ModelCatalogue catalogue,
    Path folder,
    Manifest manifest,
    Console console) {

  private static final int DIGEST = 12;

  /** The model by its name at the provider; empty if no model has the name yet. */
  Optional<String> further() {
    PromotedModel named = registry.find(name).map(NamedModels::current).orElse(null);
    if (named == null) {
      first();
      return Optional.empty();
    }
    check(named);
    console.tell("%s is %s, which is trained further".formatted(name, named.model()));
    Manifest.Sides sides = manifest.sides();
    Manifest.Since since = sides == null ? null : sides.since();
    if (since != null
        && isOfNewExamples()
        && named.digest() != null
        && !named.digest().equals(since.previous())) {
      console.tell(
          "warning: it was trained on the dataset %s, and this one has what is new since %s: it has not seen what was new between"
              .formatted(shortened(named.digest()), shortened(since.previous())));
    }
    return Optional.of(named.model());
  }

  private void first() {
    if (isOfNewExamples()) {
      throw wrongUse(
          "no model is %s in %s, and this dataset has only what is new: its model would not know the rest. Promote the model of the night before with %s, or prepare without since"
              .formatted(
                  name,
                  registry.file(),
                  ShellCommand.tunebeam(
                      "promote",
                      String.valueOf(RegistryPlace.before(folder).orElse(folder)),
                      "--as=" + name,
                      "--registry=" + registry.file())));
    }
    console.tell(
        "no model is %s in %s yet: %s itself is trained".formatted(name, registry.file(), base));
  }

  /** Whether train leaves out what the dataset before has. */
  private boolean isOfNewExamples() {
    return manifest.rows().unchangedCount() > 0;
  }

  private void check(PromotedModel named) {
    if (!named.provider().equals(provider)) {
      throw refused(
          named,
          "at %s, and this launch is at %s".formatted(named.provider(), provider),
          "set --provider=" + named.provider());
    }
    if (!named.baseUrl().equals(baseUrl)) {
      throw refused(
          named,
          "at %s, and this launch is at %s".formatted(named.baseUrl(), baseUrl),
          "set --baseUrl=" + named.baseUrl());
    }
    if (named.base() == null) {
      throw refused(
          named,
          "of a base model that the registry does not know, so that its price is not known either",
          "name it with --model=" + named.model() + " and without continue");
    }
    if (!named.base().equals(base) && !isPriced(named.base())) {
      throw refused(
          named,
          "trained from %s, and this launch is priced for %s".formatted(named.base(), base),
          "set --model=" + named.base());
    }
  }

  private boolean isPriced(String other) {
    try {
      return catalogue.find(provider + "/" + other).equals(priced);
    } catch (UnknownModelException e) {
      return false;
    }
  }

  private LauncherException refused(PromotedModel named, String why, String instead) {
    return wrongUse(
        "%s is %s, %s: %s, or begin another name with --continue=NAME"
            .formatted(name, named.model(), why, instead));
  }

  private static String shortened(String digest) {
    return digest.substring(0, Math.min(DIGEST, digest.length()));
  }
}
