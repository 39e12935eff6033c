package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.FilePath;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.pipelines.recipe.UsageException;
import dev.tunebeam.transforms.files.BeamFiles;
import dev.tunebeam.transforms.read.input.InputFile;
import dev.tunebeam.transforms.write.JobReport;
import dev.tunebeam.transforms.write.WrittenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The output folder of a dataset, on any Beam file system.
 *
 * <p>A job writes into a work folder within it. Publishing moves the files to their final names and
 * writes the manifest last: a folder without a manifest holds no dataset, and what a killed job
 * left there is removed by the next one. Files that tunebeam did not write are never touched.
 */
final class DatasetFolder {

  private static final String WORK = "_tunebeam_work";

  private static final Pattern OURS =
      Pattern.compile("(train|validation|rejected|conflicts)-\\d{5,}-of-\\d{5,}\\.jsonl");

  /** Bounds the paths that are held: there can be a million shards. */
  private static final int MOVED_AT_ONCE = 1_000;

  private static final Pattern GLOB = Pattern.compile("[*?\\[\\]{}]");

  private final String path;

  private DatasetFolder(String path) {
    this.path = path;
  }

  /**
   * Opens the folder for a new dataset; creates it if it does not exist.
   *
   * @param overwrite whether to replace an existing dataset, at the end of the job
   * @param input the files that the job reads
   * @throws UsageException if a dataset already exists, the folder cannot be written, or other
   *     files would be lost
   */
  static DatasetFolder open(String path, boolean overwrite, List<InputFile> input) {
    // File systems take these for globs: the content of the folder could not be listed.
    if (GLOB.matcher(path).find()) {
      throw new UsageException(
          "--output: %s: the name of the folder may not contain * ? [ ] { }".formatted(path));
    }
    try {
      DatasetFolder opened = new DatasetFolder(path);
      if (opened.holdsDataset()) {
        opened.refuseToReplace(overwrite);
      }
      for (InputFile file : input) {
        opened.refuseToRemove(file.path());
      }
      opened.workFolder().close();
      BeamFiles.write(BeamFiles.in(opened.work(), "probe"), new byte[0]);
      return opened;
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException(
          "--output: cannot write to %s: %s".formatted(path, ErrorMessages.cannotWrite(path, e)));
    }
  }

  private void refuseToReplace(boolean overwrite) throws IOException {
    if (!overwrite) {
      throw new UsageException(
          "--output: %s already contains a dataset; name another folder or add --overwrite"
              .formatted(path));
    }
    String manifest = new String(BeamFiles.read(file(Manifest.FILE_NAME)), StandardCharsets.UTF_8);
    if (!manifest.contains("\"digest\"") || !manifest.contains("\"shards\"")) {
      throw new UsageException(
          "--output: %s in %s was not written by tunebeam; name another folder or move it away"
              .formatted(Manifest.FILE_NAME, path));
    }
  }

  /**
   * Refuses an input file that publishing would delete, because it has the name of an output file.
   */
  private void refuseToRemove(String inputFile) {
    String name = FilePath.name(inputFile);
    boolean ours = OURS.matcher(name).matches() || name.equals(Manifest.FILE_NAME);
    if (ours && BeamFiles.isIn(path, inputFile)) {
      throw new UsageException(
          "--output: the input file %s would be replaced by the dataset; name another folder"
              .formatted(inputFile));
    }
  }

  /** Whether the folder contains a dataset. */
  boolean holdsDataset() throws IOException {
    return BeamFiles.exists(file(Manifest.FILE_NAME));
  }

  /** The folder that the job writes to. */
  WorkFolder workFolder() {
    return new WorkFolder(work());
  }

  private String work() {
    return BeamFiles.folderIn(path, WORK);
  }

  private String file(String name) {
    return BeamFiles.in(path, name);
  }

  /**
   * The final names of the files of a kind, in order: {@code train-00000-of-00002.jsonl} and so on.
   */
  static List<String> names(JobReport report, WrittenFile.Kind kind) {
    int count = files(report, kind).size();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add("%s-%05d-of-%05d.jsonl".formatted(kind, i, count));
    }
    return names;
  }

  /** The files of a kind, in order. */
  static List<WrittenFile> files(JobReport report, WrittenFile.Kind kind) {
    return report.files().stream().filter(file -> file.kind() == kind).toList();
  }

  /** The path of the first file of a kind, and the number of files. */
  String paths(JobReport report, WrittenFile.Kind kind) {
    List<String> names = names(report, kind);
    String first = path + (path.endsWith("/") ? "" : "/") + names.get(0);
    return names.size() == 1 ? first : "%s and %d more".formatted(first, names.size() - 1);
  }

  /** Publishes the files of these kinds and replaces all that was there before. */
  void publish(JobReport report, List<WrittenFile.Kind> kinds) throws IOException {
    removeDataset();
    for (WrittenFile.Kind kind : kinds) {
      List<String> names = names(report, kind);
      List<WrittenFile> files = files(report, kind);
      for (int begin = 0; begin < files.size(); begin += MOVED_AT_ONCE) {
        int end = Math.min(files.size(), begin + MOVED_AT_ONCE);
        BeamFiles.move(
            files.subList(begin, end).stream()
                .map(file -> BeamFiles.in(work(), file.temporaryName()))
                .toList(),
            names.subList(begin, end).stream().map(this::file).toList());
      }
    }
  }

  /** Writes the manifest, which completes the dataset. */
  void writeManifest(byte[] manifest) throws IOException {
    String written = BeamFiles.in(work(), Manifest.FILE_NAME);
    BeamFiles.write(written, manifest);
    BeamFiles.move(List.of(written), List.of(file(Manifest.FILE_NAME)));
  }

  /** Deletes the manifest first, so that there is never one without its shards. */
  private void removeDataset() throws IOException {
    BeamFiles.delete(List.of(file(Manifest.FILE_NAME)));
    BeamFiles.delete(
        BeamFiles.list(path).stream()
            .filter(file -> OURS.matcher(FilePath.name(file)).matches())
            .toList());
  }

  @Override
  public String toString() {
    return path;
  }
}
