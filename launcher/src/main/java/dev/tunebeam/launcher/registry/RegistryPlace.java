package dev.tunebeam.launcher.registry;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.BrokenManifestException;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.ManifestFile;
import dev.tunebeam.launcher.process.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the registry of a dataset is: in its folder, where each night overwrites the dataset; or
 * beside it, where each night has a folder of its own.
 */
public final class RegistryPlace {

  private RegistryPlace() {}

  /**
   * The registry of a folder: the file in it, or else the one beside it. If there is neither, it
   * will be in the folder, and beside it if its dataset continues one that is beside it.
   *
   * @param folder of a dataset, or any other
   * @throws dev.tunebeam.launcher.process.LauncherException if the night before has one of its own,
   *     which this one would not find
   */
  public static RegistryFile of(Path folder) {
    Path own = folder.toAbsolutePath().normalize();
    Path here = own.resolve(RegistryFile.NAME);
    Path parent = own.getParent();
    if (Files.exists(here) || parent == null) {
      return new RegistryFile(here);
    }
    Path beside = parent.resolve(RegistryFile.NAME);
    if (Files.exists(beside)) {
      return new RegistryFile(beside);
    }
    Optional<Path> before = before(own);
    if (before.isEmpty()) {
      return new RegistryFile(here);
    }
    Path ofBefore = before.get().resolve(RegistryFile.NAME);
    if (Files.exists(ofBefore)) {
      throw wrongUse(
          "%s continues %s, which has a registry of its own: move %s to %s, where each night finds it"
              .formatted(own, before.get(), ofBefore, beside));
    }
    return new RegistryFile(beside);
  }

  /** The folder beside this one with the dataset that this one continues. */
  public static Optional<Path> before(Path folder) {
    Path own = folder.toAbsolutePath().normalize();
    Path parent = own.getParent();
    Optional<String> digest =
        manifest(own).map(Manifest::sides).map(Manifest.Sides::since).map(Manifest.Since::previous);
    if (parent == null || digest.isEmpty()) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(parent)) {
      List<Path> others = folders.filter(other -> !other.equals(own)).sorted().toList();
      return others.stream()
          .filter(
              other ->
                  manifest(other).map(Manifest::digest).filter(digest.get()::equals).isPresent())
          .findFirst();
    } catch (IOException e) {
      throw wrongUse("%s cannot be read: %s".formatted(parent, IoReason.of(e)));
    }
  }

  private static Optional<Manifest> manifest(Path folder) {
    Path file = folder.resolve(Manifest.FILE_NAME);
    try {
      return Files.isRegularFile(file)
          ? Optional.of(Objects.requireNonNull(ManifestFile.read(file)))
          : Optional.empty();
    } catch (BrokenManifestException | IOException e) {
      return Optional.empty(); // another command says what is wrong with it
    }
  }
}
