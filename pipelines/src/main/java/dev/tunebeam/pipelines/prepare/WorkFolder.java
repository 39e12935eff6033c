package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.transforms.files.BeamFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * A temporary folder of one job, through which its workers return files and results. On a cluster
 * all of them must be able to reach it: it must be in the output folder or in {@code
 * --tempLocation}.
 */
public final class WorkFolder implements AutoCloseable {

  private final String path;

  /** Uses a folder that no other job uses. */
  WorkFolder(String path) {
    this.path = path;
  }

  /**
   * Chooses a folder with a unique name.
   *
   * @param prefix of its name
   */
  public static WorkFolder create(PipelineOptions options, String prefix) throws IOException {
    String temporary = options.getTempLocation();
    if (temporary != null) {
      return new WorkFolder(BeamFiles.folderIn(temporary, prefix + UUID.randomUUID()));
    }
    var local =
        Files.createTempDirectory(Path.of(System.getProperty("java.io.tmpdir", ".")), prefix);
    // If the user kills the job, the folder is still empty.
    local.toFile().deleteOnExit();
    return new WorkFolder(local + "/");
  }

  /** The path for transforms, with a slash at the end. */
  public String path() {
    return path;
  }

  /** Deletes the folder with its content. */
  @Override
  public void close() throws IOException {
    BeamFiles.delete(BeamFiles.list(path));
    BeamFiles.delete(List.of(path));
  }
}
