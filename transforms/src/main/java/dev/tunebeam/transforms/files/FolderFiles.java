package dev.tunebeam.transforms.files;

import dev.tunebeam.dataset.NamedLinks;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The files of one folder, as a dataset is published to it: on this machine, or on any Beam file
 * system. Files are named by their path within the folder, with slashes; a folder's name ends with
 * one.
 */
public interface FolderFiles {

  /**
   * The files of the folder at a path, which need not exist yet.
   *
   * @param hadoop the configuration of the file systems of Hadoop, asked for if the path is in one
   *     that renames over a file in one step
   */
  static FolderFiles of(String path, Supplier<Configuration> hadoop) {
    if (BeamFiles.isLocal(path)) {
      return new LocalFolder(path);
    }
    return HadoopFolder.SCHEMES.stream().anyMatch(scheme -> path.startsWith(scheme + ":"))
        ? new HadoopFolder(path, hadoop.get())
        : new RemoteFolder(path);
  }

  /** The content of a file, null if there is none. */
  byte @Nullable [] read(String file) throws IOException;

  /**
   * Creates a file unless there is one.
   *
   * @return false if there was one. On a remote file system two processes that create it in the
   *     same moment may both be told true
   */
  boolean create(String file, byte[] content) throws IOException;

  /**
   * Replaces a file in one step: a reader, and whoever comes after a failure, finds the old content
   * or the new one. On this machine it survives a power failure.
   */
  void replace(String file, byte[] content) throws IOException;

  /** Whether {@link #move} replaces a file in one step. */
  boolean movesOver();

  /** Moves files to their new names. */
  void move(List<String> from, List<String> to) throws IOException;

  /** Returns once files and their names are on disk; a remote file system sees to that itself. */
  void sync(List<String> files) throws IOException;

  /**
   * Makes links of that name in the folder to files in folders of it.
   *
   * @return false if the file system has no links, or these are more than {@link NamedLinks#MOST}
   */
  boolean link(List<String> files) throws IOException;

  /** Mends the links of the dataset in the folder after a job that was killed. */
  void mendLinks();

  /** The files, and folders if they are listed, that match a glob at most two names deep. */
  List<String> list(String glob) throws IOException;

  /** Deletes files and empty folders; missing ones are ignored. */
  void delete(List<String> files) throws IOException;
}
