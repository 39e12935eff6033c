package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.pipelines.recipe.UsageException;
import dev.tunebeam.transforms.read.input.InputFile;
import dev.tunebeam.transforms.write.JobReport;
import dev.tunebeam.transforms.write.WriteReport;
import dev.tunebeam.transforms.write.WrittenFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/**
 * The folder of a dataset, on any Beam file system.
 *
 * <p>A job writes into a work folder within it. Publishing moves the files to their names, and the
 * manifest comes last: a folder without one holds no dataset, and what a killed job left there is
 * cleaned up by the next. Files that tunebeam did not write are never touched.
 */
final class DatasetFolder {

  private static final String WORK = "_tunebeam_work";

  private static final Pattern OURS =
      Pattern.compile("(train|validation|rejected|conflicts)-\\d{5,}-of-\\d{5,}\\.jsonl");

  private static final Pattern GLOB = Pattern.compile("[*?\\[\\]{}]");

  private final String path;
  private final ResourceId folder;

  private DatasetFolder(String path) {
    this.path = path;
    this.folder = FileSystems.matchNewResource(path, true);
  }

  /**
   * Opens the folder for a new dataset; creates it where it is not there.
   *
   * @param overwrite whether a dataset that is there may be replaced, at the end of the job
   * @param input the files that the job reads
   * @throws UsageException if there is a dataset already, the folder cannot be written, or files
   *     that are not ours would be lost
   */
  static DatasetFolder open(String path, boolean overwrite, List<InputFile> input) {
    // To a file system these are patterns: what is in the folder could not be listed.
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
      opened.write(opened.work(), "probe", new byte[0]);
      return opened;
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException(
          "--output: cannot write to %s: %s".formatted(path, ErrorMessages.cannotWrite(path, e)));
    }
  }

  private void refuseToReplace(boolean overwrite) throws IOException {
    if (!overwrite) {
      throw new UsageException(
          "--output: there is a dataset in %s already; name another folder or add --overwrite"
              .formatted(path));
    }
    try (InputStream in =
        Channels.newInputStream(FileSystems.open(file(folder, Manifest.FILE_NAME)))) {
      String manifest = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      if (!manifest.contains("\"digest\"") || !manifest.contains("\"shards\"")) {
        throw new UsageException(
            "--output: %s in %s was not written by tunebeam; name another folder or move it away"
                .formatted(Manifest.FILE_NAME, path));
      }
    }
  }

  /** Publishing removes what has the names of a dataset's files; that must not be the input. */
  private void refuseToRemove(String inputFile) {
    ResourceId file = FileSystems.matchNewResource(inputFile, false);
    String name = Objects.toString(file.getFilename(), "");
    boolean ours = OURS.matcher(name).matches() || name.equals(Manifest.FILE_NAME);
    if (ours && canonical(file.getCurrentDirectory()).equals(canonical(folder))) {
      throw new UsageException(
          "--output: the input file %s would be replaced by the dataset; name another folder"
              .formatted(inputFile));
    }
  }

  private static String canonical(ResourceId directory) {
    if (!directory.getScheme().equals("file")) {
      return directory.toString();
    }
    Path path = Path.of(directory.toString());
    try {
      return path.toRealPath().toString();
    } catch (IOException e) {
      // It is not there yet.
      return path.toAbsolutePath().normalize().toString();
    }
  }

  /** Whether there is a dataset in it. */
  boolean holdsDataset() throws IOException {
    return !FileSystems.match(
            file(folder, Manifest.FILE_NAME).toString(), EmptyMatchTreatment.ALLOW)
        .metadata()
        .isEmpty();
  }

  /** Where the job writes. */
  WorkFolder workFolder() {
    return new WorkFolder(work());
  }

  private ResourceId work() {
    return folder.resolve(WORK, StandardResolveOptions.RESOLVE_DIRECTORY);
  }

  /** Reads what the job found out from its work folder. */
  static JobReport readReport(String workPath) throws IOException {
    ResourceId file =
        FileSystems.matchNewResource(workPath, true)
            .resolve(WriteReport.FILE_NAME, StandardResolveOptions.RESOLVE_FILE);
    try (InputStream in = Channels.newInputStream(FileSystems.open(file))) {
      return JobReport.fromJson(in.readAllBytes());
    }
  }

  /**
   * The names that the files of a kind get, in their order: {@code train-00000-of-00002.jsonl} and
   * so on.
   */
  static List<String> names(JobReport report, WrittenFile.Kind kind) {
    int count = files(report, kind).size();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add("%s-%05d-of-%05d.jsonl".formatted(kind, i, count));
    }
    return names;
  }

  /** The files of a kind, in their order. */
  static List<WrittenFile> files(JobReport report, WrittenFile.Kind kind) {
    return report.files().stream().filter(file -> file.kind() == kind).toList();
  }

  /** The first of the files of a kind, and how many there are. */
  String paths(JobReport report, WrittenFile.Kind kind) {
    List<String> names = names(report, kind);
    String first = path + (path.endsWith("/") ? "" : "/") + names.get(0);
    return names.size() == 1 ? first : "%s and %d more".formatted(first, names.size() - 1);
  }

  /** Publishes the files of these kinds, in place of all that was there before. */
  void publish(JobReport report, List<WrittenFile.Kind> kinds) throws IOException {
    removeDataset();
    List<ResourceId> from = new ArrayList<>();
    List<ResourceId> to = new ArrayList<>();
    for (WrittenFile.Kind kind : kinds) {
      List<String> names = names(report, kind);
      List<WrittenFile> files = files(report, kind);
      for (int i = 0; i < files.size(); i++) {
        from.add(file(work(), files.get(i).temporaryName()));
        to.add(file(folder, names.get(i)));
      }
    }
    if (!from.isEmpty()) {
      FileSystems.rename(from, to);
    }
  }

  /** Writes the manifest, which makes the folder a dataset. */
  void writeManifest(byte[] manifest) throws IOException {
    write(work(), Manifest.FILE_NAME, manifest);
    FileSystems.rename(
        List.of(file(work(), Manifest.FILE_NAME)), List.of(file(folder, Manifest.FILE_NAME)));
  }

  /** Takes the manifest away first, so that there is never one without its shards. */
  private void removeDataset() throws IOException {
    delete(List.of(file(folder, Manifest.FILE_NAME)));
    List<ResourceId> ours = new ArrayList<>();
    for (ResourceId file : list(folder)) {
      if (OURS.matcher(Objects.toString(file.getFilename(), "")).matches()) {
        ours.add(file);
      }
    }
    delete(ours);
  }

  private static List<ResourceId> list(ResourceId directory) throws IOException {
    MatchResult found =
        FileSystems.match(file(directory, "*").toString(), EmptyMatchTreatment.ALLOW);
    return found.metadata().stream().map(MatchResult.Metadata::resourceId).toList();
  }

  private static ResourceId file(ResourceId directory, String name) {
    return directory.resolve(name, StandardResolveOptions.RESOLVE_FILE);
  }

  private static void delete(List<ResourceId> files) throws IOException {
    FileSystems.delete(files, StandardMoveOptions.IGNORE_MISSING_FILES);
  }

  private void write(ResourceId directory, String name, byte[] content) throws IOException {
    try (WritableByteChannel channel = FileSystems.create(file(directory, name), MimeTypes.TEXT)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }
  }

  @Override
  public String toString() {
    return path;
  }
}
