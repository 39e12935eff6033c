package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.transforms.files.BeamFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * A folder of one job alone, through which its workers hand over what they wrote and found out. On
 * a cluster it has to be where they all see it: in the output folder or in {@code --tempLocation}.
 */
public final class WorkFolder implements AutoCloseable {

  private final String path;

  /** The folder of a job that knows that it has it to itself. */
  WorkFolder(String path) {
    this.path = path;
  }

  /**
   * Makes a folder that no other job has.
   *
   * @param prefix of its name
   */
  public static WorkFolder create(PipelineOptions options, String prefix) throws IOException {
    String temporary = options.getTempLocation();
    if (temporary != null) {
      return new WorkFolder(BeamFiles.folderIn(temporary, prefix + UUID.randomUUID()));
    }
    var local = Files.createTempDirectory(prefix);
    // Where the user ends the job there is nothing in it yet.
    local.toFile().deleteOnExit();
    return new WorkFolder(local + "/");
  }

  /** The folder as transforms name it, with a slash at the end. */
  public String path() {
    return path;
  }

  /** Removes the folder and what is in it. */
  @Override
  public void close() throws IOException {
    BeamFiles.delete(BeamFiles.list(path));
    BeamFiles.delete(List.of(path));
  }
}
