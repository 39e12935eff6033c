package dev.tunebeam.pipelines.prepare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * A folder through which the workers of a job that leaves nothing hand over what they found out. On
 * a cluster it has to be one that they all see: {@code --tempLocation}.
 */
public final class WorkFolder {

  private WorkFolder() {}

  /** The folder. */
  public static String create(PipelineOptions options, String prefix) throws IOException {
    String temporary = options.getTempLocation();
    if (temporary != null) {
      return temporary;
    }
    Path folder = Files.createTempDirectory(prefix);
    // Where the user ends the job there is nothing in it yet.
    folder.toFile().deleteOnExit();
    return folder.toString();
  }

  /** Removes the file that was handed over, and the folder if it was made for it. */
  public static void remove(PipelineOptions options, String folder, String file)
      throws IOException {
    FileSystems.delete(
        FileSystems.match(folder + "/" + file, EmptyMatchTreatment.ALLOW).metadata().stream()
            .map(MatchResult.Metadata::resourceId)
            .toList());
    if (options.getTempLocation() == null) {
      Files.deleteIfExists(Path.of(folder));
    }
  }
}
