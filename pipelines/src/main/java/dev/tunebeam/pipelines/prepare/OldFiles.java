package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.DataFolder;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.pipelines.recipe.UsageException;
import dev.tunebeam.transforms.files.BeamFiles;
import dev.tunebeam.transforms.files.FolderFiles;
import dev.tunebeam.transforms.write.WrittenFile;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes from an output folder what earlier jobs left in it, and nothing that tunebeam did not
 * write. Whoever removes holds the folder's lock.
 */
record OldFiles(FolderFiles files) {

  /** What the names of work folders begin with. */
  static final String WORK = "_tunebeam_work";

  /** Bounds the paths that are held: there can be a million shards. */
  private static final int AT_ONCE = 1_000;

  private static final Pattern TEMPORARY = Pattern.compile("\\.(.+)\\.(new|old)");

  /** Whether a file may be removed or replaced by a job, by its path in the folder. */
  private static boolean mayRemove(String file) {
    int slash = file.indexOf('/');
    String first = slash < 0 ? file : file.substring(0, slash);
    return slash < 0
        ? DataFolder.isPublished(file) || file.equals(Manifest.FILE_NAME) || isTemporary(file)
        : DataFolder.isName(first) || isWork(first);
  }

  /** Refuses an input file that the job would delete or replace. */
  static void refuseToRemove(String path, String inputFile) {
    String within = BeamFiles.within(path, inputFile);
    if (within != null && mayRemove(within)) {
      throw new UsageException(
          "--output: the input file %s would be replaced by the dataset; name another folder"
              .formatted(inputFile));
    }
  }

  private static boolean isWork(String folder) {
    return folder.equals(WORK) || folder.startsWith(WORK + "-");
  }

  private static boolean isTemporary(String file) {
    Matcher temporary = TEMPORARY.matcher(file);
    return temporary.matches()
        && (DataFolder.isPublished(temporary.group(1))
            || temporary.group(1).equals(Manifest.FILE_NAME)
            || temporary.group(1).equals(Manifest.CARD_NAME)
            || temporary.group(1).endsWith("prepare.lock"));
  }

  /** Removes all files of published names but these. */
  void removeNamesBut(Set<String> stay) throws IOException {
    for (WrittenFile.Kind kind : WrittenFile.Kind.values()) {
      remove(
          files.list(kind + "-*.jsonl"),
          name -> DataFolder.isPublished(name) && !stay.contains(name));
    }
  }

  /** Removes all folders of data but these. */
  void removeDataBut(Set<String> stay) throws IOException {
    removeFolders(DataFolder.GLOB, folder -> DataFolder.isName(folder) && !stay.contains(folder));
  }

  private void removeFolders(String glob, Predicate<String> which) throws IOException {
    Set<String> folders = new TreeSet<>(files.list(glob)); // a store has no folders
    for (String file : files.list(glob + "/*")) {
      folders.add(file.substring(0, file.indexOf('/')));
    }
    folders.removeIf(which.negate());
    for (String folder : folders) {
      remove(files.list(folder + "/*"), file -> true);
      files.delete(List.of(folder + "/"));
    }
  }

  /** Removes what a killed job left, except for data, which publishing removes. */
  void removeRemains() throws IOException {
    files.mendLinks();
    removeFolders(WORK + "*", OldFiles::isWork);
    remove(files.list(".*"), OldFiles::isTemporary);
  }

  private void remove(List<String> found, Predicate<String> which) throws IOException {
    List<String> gone = found.stream().filter(which).toList();
    for (int begin = 0; begin < gone.size(); begin += AT_ONCE) {
      files.delete(gone.subList(begin, Math.min(gone.size(), begin + AT_ONCE)));
    }
  }
}
