package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.DataFolder;
import dev.tunebeam.dataset.FilePath;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.ManifestFile;
import dev.tunebeam.dataset.Sha256;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.recipe.UsageException;
import dev.tunebeam.transforms.files.BeamFiles;
import dev.tunebeam.transforms.files.FolderFiles;
import dev.tunebeam.transforms.write.JobReport;
import dev.tunebeam.transforms.write.WrittenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The output folder of a dataset, on any Beam file system, while one job writes to it.
 *
 * <p>A job writes into a work folder within it. Publishing moves the files into a {@link
 * DataFolder}, in which nothing is ever changed, and then replaces the manifest in one step: before
 * it the folder holds the old dataset, after it the new one, at whatever point the job is killed.
 * Readers keep the files that they opened: those of the dataset before stay until the next is
 * published. What a killed job left is removed by the next one. Files that tunebeam did not write
 * are never touched.
 */
final class DatasetFolder implements AutoCloseable {

  /** Bounds the paths that are held: there can be a million shards. */
  private static final int AT_ONCE = 1_000;

  private static final Pattern GLOB = Pattern.compile("[*?\\[\\]{}]");

  private final String path;
  private final FolderFiles files;
  private final OldFiles old;
  private final CardFile card;
  private final FolderLock lock;

  /** What was there when the job began. */
  private final Base base;

  /**
   * A manifest, of which there may be a million shards.
   *
   * @param digest of its bytes, empty if there is none
   * @param folders of the files that it names
   */
  private record Base(String digest, Set<String> folders) {
    static Base of(byte @Nullable [] manifest) {
      return manifest == null
          ? new Base("", Set.of())
          : new Base(Sha256.of(manifest), DataFolder.namedIn(manifest));
    }
  }

  private DatasetFolder(String path, FolderFiles files, FolderLock lock, Base base) {
    this.path = path;
    this.files = files;
    this.old = new OldFiles(files);
    this.card = new CardFile(files);
    this.lock = lock;
    this.base = base;
  }

  /**
   * Opens the folder for a new dataset; creates it if it does not exist.
   *
   * @param files those of the folder at the path
   * @param overwrite whether to replace an existing dataset, at the end of the job
   * @param input paths of the files that the job reads
   * @throws UsageException if a dataset already exists, the folder cannot be written, or other
   *     files would be lost
   * @throws JobFailedException if another job is writing to it
   */
  static DatasetFolder open(
      String path, FolderFiles files, boolean overwrite, List<String> input, Clock clock) {
    // File systems take these for globs: the content of the folder could not be listed.
    if (GLOB.matcher(path).find()) {
      throw new UsageException(
          "--output: %s: the name of the folder may not contain * ? [ ] { }".formatted(path));
    }
    try {
      refuseToReplace(path, files.read(Manifest.FILE_NAME), overwrite);
      for (String file : input) {
        OldFiles.refuseToRemove(path, file);
      }
      FolderLock lock = FolderLock.take(files, path, clock);
      try {
        byte[] base = files.read(Manifest.FILE_NAME);
        refuseToReplace(path, base, overwrite); // another job may have published meanwhile
        DatasetFolder opened = new DatasetFolder(path, files, lock, Base.of(base));
        opened.old.removeRemains();
        BeamFiles.write(BeamFiles.in(opened.work(), "probe"), new byte[0]);
        return opened;
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException(
          "--output: cannot write to %s: %s".formatted(path, ErrorMessages.cannotWrite(path, e)));
    }
  }

  private static void refuseToReplace(String path, byte @Nullable [] manifest, boolean overwrite) {
    if (manifest == null) {
      return;
    }
    if (!overwrite) {
      throw new UsageException(
          "--output: %s already contains a dataset; name another folder or add --overwrite"
              .formatted(path));
    }
    String text = new String(manifest, StandardCharsets.UTF_8);
    if (!text.contains("\"digest\"") || !text.contains("\"shards\"")) {
      throw new UsageException(
          "--output: %s in %s was not written by tunebeam; name another folder or move it away"
              .formatted(Manifest.FILE_NAME, path));
    }
  }

  /** Whether the folder contained a dataset when the job began. */
  boolean holdsDataset() {
    return !base.digest.isEmpty();
  }

  /** The folder that the job writes to. */
  WorkFolder workFolder() {
    return new WorkFolder(work());
  }

  /** No other job's, not even of one that has taken the lock over. */
  private String work() {
    return BeamFiles.folderIn(path, workName());
  }

  private String workName() {
    return OldFiles.WORK + "-" + lock.id();
  }

  /**
   * Publishes the dataset and replaces the one that was there.
   *
   * @return whether its files have links of their names in the folder
   * @throws JobFailedException if that one is no longer there, since another job replaced it
   */
  boolean publish(JobReport report, Manifest manifest) throws IOException {
    lock.requireHeld();
    DataFiles published = DataFiles.of(report);
    // Of the same content: a job before this one published it, or was killed while it did.
    Set<String> there =
        files.movesOver() ? Set.of() : new HashSet<>(files.list(published.folder() + "/*"));
    for (WrittenFile.Kind kind : WrittenFile.Kind.values()) {
      move(published.files(kind), published.paths(kind), there);
    }
    card.write(manifest, work(), workName());
    requireUnchanged();
    files.replace(Manifest.FILE_NAME, ManifestFile.bytes(manifest));
    boolean named = name(manifest);
    Set<String> stay = new HashSet<>(base.folders);
    stay.addAll(CardFile.folder(manifest));
    stay.add(published.folder());
    old.removeDataBut(stay);
    return named;
  }

  private void requireUnchanged() throws IOException {
    lock.requireHeld();
    if (!base.equals(Base.of(files.read(Manifest.FILE_NAME)))) {
      throw new JobFailedException(
          ExitCode.TRY_LATER,
          "nothing was published: the dataset in %s was replaced while this job ran; run the same"
                  .formatted(path)
              + " command again to replace that one");
    }
  }

  /**
   * Publishes the rejected rows alone, under their names; only where there was no dataset, since
   * without a manifest there is none.
   */
  void publishRejected(JobReport report) throws IOException {
    requireUnchanged();
    old.removeNamesBut(Set.of());
    old.removeDataBut(Set.of());
    move(
        DataFiles.files(report, WrittenFile.Kind.REJECTED),
        DataFiles.names(report, WrittenFile.Kind.REJECTED),
        Set.of());
  }

  private void move(List<WrittenFile> written, List<String> names, Set<String> there)
      throws IOException {
    for (int begin = 0; begin < written.size(); begin += AT_ONCE) {
      List<String> from = new ArrayList<>();
      List<String> to = new ArrayList<>();
      for (int i = begin; i < Math.min(written.size(), begin + AT_ONCE); i++) {
        if (!there.contains(names.get(i))) {
          from.add(workName() + "/" + written.get(i).temporaryName());
          to.add(names.get(i));
        }
      }
      files.move(from, to);
      files.sync(to);
    }
  }

  /** Gives the files their names in the folder; what was there under such names goes. */
  private boolean name(Manifest manifest) throws IOException {
    List<String> all = new ArrayList<>(manifest.allFiles());
    if (keepsReadme(manifest)) {
      all.remove(manifest.files().card());
    }
    boolean named = files.link(all);
    Set<String> names = new HashSet<>();
    if (named) {
      all.forEach(file -> names.add(FilePath.name(file)));
    }
    old.removeNamesBut(names);
    return named;
  }

  /** Whether there is a README.md of somebody else, which stays. */
  boolean keepsReadme(Manifest manifest) throws IOException {
    return card.isAnother(manifest, base.folders);
  }

  /** Lets other jobs write to the folder. */
  @Override
  public void close() throws IOException {
    lock.close();
  }

  @Override
  public String toString() {
    return path;
  }
}
