package dev.tunebeam.dataset;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of a dataset's files directly in its folder, {@code out/train-00000-of-00001.jsonl}:
 * links to the files in its {@link DataFolder}. Hard links, which every tool takes for files, also
 * one that copies or uploads them; symbolic ones where the file system has no others.
 *
 * <p>They are a convenience. What the dataset is, the manifest says, and nothing of tunebeam reads
 * them.
 */
public final class NamedLinks {

  /** More files than this have no links: a folder that big is not looked at by name. */
  public static final int MOST = 10_000;

  private static final String NAMES = "{*.jsonl," + Manifest.CARD_NAME + "}";

  private NamedLinks() {}

  /**
   * Makes the link of a file, in one step if there is another file of that name.
   *
   * @param file its path in the dataset's folder
   * @return false if the file system has no links
   */
  public static boolean make(Path dataset, String file) throws IOException {
    Path target = dataset.resolve(file);
    Path link = dataset.resolve(FilePath.name(file));
    if (isSame(link, target)) {
      return true; // renaming one link over another of the same file does nothing
    }
    Path fresh = dataset.resolve("." + link.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    if (!linked(fresh, target, file)) {
      return false;
    }
    Files.move(fresh, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return true;
  }

  private static boolean linked(Path link, Path target, String file) throws IOException {
    try {
      Files.createLink(link, target);
      return true;
    } catch (UnsupportedOperationException | FileSystemException e) {
      if (!Files.exists(target)) {
        throw e;
      }
    }
    try {
      Files.createSymbolicLink(link, Path.of(file));
      return true;
    } catch (UnsupportedOperationException | FileSystemException e) {
      return false;
    }
  }

  /**
   * Mends the links of a dataset after a job that was killed before it could: missing ones, and
   * ones to the dataset before. Leaves files that are no links, and changes nothing where it may
   * not write. Idempotent; a job that replaces the dataset meanwhile is noticed.
   *
   * @param dataset its folder
   */
  public static void mend(Path dataset) {
    try {
      byte @Nullable [] before = null;
      Path file = dataset.resolve(Manifest.FILE_NAME);
      byte[] manifest = Files.readAllBytes(file);
      while (!Arrays.equals(manifest, before)) {
        mend(dataset, ManifestFile.parse(manifest, file.toString()));
        before = manifest;
        manifest = Files.readAllBytes(file);
      }
    } catch (IOException | BrokenManifestException e) {
      return; // who needs the files reads the manifest, and says what is wrong
    }
  }

  private static void mend(Path dataset, Manifest manifest) throws IOException {
    List<String> files = manifest.allFiles();
    if (files.size() > MOST || !Files.isWritable(dataset)) {
      return;
    }
    Map<String, String> expected = new HashMap<>();
    files.forEach(file -> expected.put(FilePath.name(file), file));
    List<Path> others = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(dataset, DataFolder.GLOB)) {
      for (Path folder : folders) {
        if (files.stream().noneMatch(file -> file.startsWith(folder.getFileName() + "/"))) {
          others.add(folder);
        }
      }
    }
    try (DirectoryStream<Path> names = Files.newDirectoryStream(dataset, NAMES)) {
      for (Path name : names) {
        String file = String.valueOf(name.getFileName());
        boolean stale = others.stream().anyMatch(other -> isSame(name, other.resolve(file)));
        if (stale && !expected.containsKey(file)) {
          Files.delete(name);
        } else if (!stale) {
          expected.remove(file);
        }
      }
    }
    for (String file : expected.values()) {
      if (DataFolder.in(file).isPresent() && Files.exists(dataset.resolve(file))) {
        make(dataset, file);
      }
    }
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.exists(one, LinkOption.NOFOLLOW_LINKS) && Files.isSameFile(one, other);
    } catch (IOException e) {
      return false; // one of them is not there
    }
  }
}
