package dev.tunebeam.launcher.launch;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.BrokenManifestException;
import dev.tunebeam.dataset.DataFolder;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Manifest.Shard;
import dev.tunebeam.dataset.ManifestFile;
import dev.tunebeam.dataset.NamedLinks;
import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.launcher.process.IoReason;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.provider.DatasetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A dataset folder written by {@code prepare}.
 *
 * @param train its training split as one file
 * @param validation its validation split, null if there is none
 */
public record Dataset(
    Path folder, Manifest manifest, DatasetFile train, @Nullable DatasetFile validation) {

  /**
   * The manifest of a folder.
   *
   * @throws LauncherException if there is no valid one
   */
  public static Manifest manifest(Path folder) {
    Path file = folder.resolve(Manifest.FILE_NAME);
    try {
      return ManifestFile.read(file);
    } catch (BrokenManifestException e) {
      throw wrongUse(String.valueOf(e.getMessage()));
    } catch (NoSuchFileException e) {
      throw wrongUse(
          Files.isDirectory(folder)
              ? "%s is not a dataset: it has no %s; create one with %s"
                  .formatted(
                      folder,
                      Manifest.FILE_NAME,
                      ShellCommand.tunebeam("prepare", "--input=FILES", "--output=" + folder))
              : "no such folder: %s".formatted(folder));
    } catch (IOException e) {
      throw wrongUse("%s cannot be read: %s".formatted(file, e.getMessage()));
    }
  }

  /**
   * Opens a folder. Reads no shard: each is compared with its hash when it is sent, or by {@link
   * DatasetFile#verified}. Mends the links of a job that was killed.
   *
   * @throws LauncherException if a shard is missing or has another size
   */
  public static Dataset open(Path folder) {
    NamedLinks.mend(folder);
    Manifest manifest = manifest(folder);
    DatasetFile train = file(folder, manifest, Manifest.TRAIN);
    if (train == null) {
      throw wrongUse("the dataset in %s has no training split".formatted(folder));
    }
    return new Dataset(folder, manifest, train, file(folder, manifest, Manifest.VALIDATION));
  }

  /** The splits to upload, train first. */
  List<DatasetFile> files() {
    return validation == null ? List.of(train) : List.of(train, validation);
  }

  /**
   * Reads all shards and compares them with their hashes, for a use that is no upload.
   *
   * @throws LauncherException if one does not match
   */
  public void verify() {
    files().forEach(DatasetFile::verified);
  }

  /** Whether another dataset is in the folder by now, or none. */
  boolean isReplaced() {
    try {
      return !manifest(folder).digest().equals(manifest.digest());
    } catch (LauncherException e) {
      return true;
    }
  }

  private static @Nullable DatasetFile file(Path folder, Manifest manifest, String split) {
    List<DatasetFile.Shard> shards = new ArrayList<>();
    long bytes = 0;
    long examples = 0;
    for (Shard shard : manifest.shards()) {
      if (shard.split().equals(split) && shard.examples() > 0) {
        Path path = DataFolder.resolve(folder, shard.file());
        requireSize(path, shard);
        shards.add(new DatasetFile.Shard(path, shard.bytes(), shard.sha256()));
        bytes += shard.bytes();
        examples += shard.examples();
      }
    }
    return shards.isEmpty() ? null : new DatasetFile(split, shards, examples, bytes);
  }

  private static void requireSize(Path path, Shard shard) {
    try {
      long size = Files.size(path);
      if (size != shard.bytes()) {
        throw wrongUse(
            String.format(
                Locale.ROOT,
                "%s has %d bytes, in the manifest %d; prepare the dataset again with --overwrite",
                path,
                size,
                shard.bytes()));
      }
    } catch (NoSuchFileException e) {
      throw wrongUse(
          "%s is listed in the manifest but missing; prepare the dataset again with --overwrite"
              .formatted(path));
    } catch (IOException e) {
      throw wrongUse("%s cannot be read: %s".formatted(path, IoReason.of(e)));
    }
  }
}
