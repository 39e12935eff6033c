package dev.tunebeam.pipelines.prepare;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * A folder of one job alone, through which its workers hand over what they wrote and found out. On
 * a cluster it has to be where they all see it: in the output folder or in {@code --tempLocation}.
 */
public final class WorkFolder implements AutoCloseable {

  private final ResourceId folder;

  /** The folder of a job that knows that it has it to itself. */
  WorkFolder(ResourceId folder) {
    this.folder = folder;
  }

  /**
   * Makes a folder that no other job has.
   *
   * @param prefix of its name
   */
  public static WorkFolder create(PipelineOptions options, String prefix) throws IOException {
    String temporary = options.getTempLocation();
    if (temporary != null) {
      return new WorkFolder(
          FileSystems.matchNewResource(temporary, true)
              .resolve(prefix + UUID.randomUUID(), StandardResolveOptions.RESOLVE_DIRECTORY));
    }
    var local = Files.createTempDirectory(prefix);
    // Where the user ends the job there is nothing in it yet.
    local.toFile().deleteOnExit();
    return new WorkFolder(FileSystems.matchNewResource(local.toString(), true));
  }

  /** The folder as transforms name it. */
  public String path() {
    return folder.toString();
  }

  /** Removes the folder and what is in it. */
  @Override
  public void close() throws IOException {
    String all = folder.resolve("*", StandardResolveOptions.RESOLVE_FILE).toString();
    List<ResourceId> files = new ArrayList<>();
    FileSystems.match(all, EmptyMatchTreatment.ALLOW).metadata().stream()
        .map(MatchResult.Metadata::resourceId)
        .forEach(files::add);
    FileSystems.delete(files, StandardMoveOptions.IGNORE_MISSING_FILES);
    FileSystems.delete(List.of(folder), StandardMoveOptions.IGNORE_MISSING_FILES);
  }
}
