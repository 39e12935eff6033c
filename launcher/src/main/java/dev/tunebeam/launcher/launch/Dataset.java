package dev.tunebeam.launcher.launch;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.BrokenManifestException;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Manifest.Shard;
import dev.tunebeam.dataset.ManifestFile;
import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.launcher.provider.DatasetFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dataset folder written by {@code prepare}.
 *
 * @param train its training split as one file
 * @param validation its validation split, null if there is none
 */
public record Dataset(
    Path folder, Manifest manifest, DatasetFile train, @Nullable DatasetFile validation) {

  private static final int BUFFER = 1 << 16;

  /**
   * The manifest of a folder.
   *
   * @throws dev.tunebeam.launcher.process.LauncherException if there is no valid one
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
   * Opens a folder and verifies every shard against the manifest's checksum; reads each shard once.
   *
   * @throws dev.tunebeam.launcher.process.LauncherException if a shard is missing or does not match
   */
  public static Dataset open(Path folder) {
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

  private static @Nullable DatasetFile file(Path folder, Manifest manifest, String split) {
    MessageDigest sha256 = digest("SHA-256");
    MessageDigest md5 = digest("MD5");
    List<DatasetFile.Shard> shards = new ArrayList<>();
    long bytes = 0;
    long examples = 0;
    for (Shard shard : manifest.shards()) {
      if (shard.split().equals(split) && shard.examples() > 0) {
        Path path = folder.resolve(shard.file());
        read(path, shard, sha256, md5);
        shards.add(new DatasetFile.Shard(path, shard.bytes()));
        bytes += shard.bytes();
        examples += shard.examples();
      }
    }
    HexFormat hex = HexFormat.of();
    return shards.isEmpty()
        ? null
        : new DatasetFile(
            split,
            shards,
            examples,
            bytes,
            hex.formatHex(sha256.digest()),
            hex.formatHex(md5.digest()));
  }

  private static void read(Path path, Shard shard, MessageDigest sha256, MessageDigest md5) {
    MessageDigest own = digest("SHA-256");
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(path)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        own.update(buffer, 0, read);
        sha256.update(buffer, 0, read);
        md5.update(buffer, 0, read);
      }
    } catch (NoSuchFileException e) {
      throw wrongUse(
          "%s is listed in the manifest but missing; prepare the dataset again with --overwrite"
              .formatted(path));
    } catch (IOException e) {
      throw wrongUse("%s cannot be read: %s".formatted(path, e.getMessage()));
    }
    if (!HexFormat.of().formatHex(own.digest()).equals(shard.sha256())) {
      throw wrongUse(
          "%s does not match its SHA-256 in the manifest; prepare the dataset again with"
                  .formatted(path)
              + " --overwrite");
    }
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
