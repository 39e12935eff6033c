package dev.tunebeam.transforms.files;

import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;

/**
 * A folder on HDFS. Beam deletes a file before it renames another over it, and writes into the old
 * one; HDFS itself can create a file only if there is none, and rename over one in one step.
 */
final class HadoopFolder extends RemoteFolder {

  static final Set<String> SCHEMES = Set.of("hdfs", "webhdfs", "swebhdfs", "viewfs");

  private final Path folder;
  private final Configuration configuration;

  HadoopFolder(String path, Configuration configuration) {
    super(path);
    this.folder = new Path(path);
    this.configuration = configuration;
  }

  @Override
  public boolean create(String file, byte[] content) throws IOException {
    try {
      write(path(file), content, false);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  @Override
  public void replace(String file, byte[] content) throws IOException {
    Path fresh = path("." + file + ".new");
    write(fresh, content, true);
    FileContext.getFileContext(fresh.getFileSystem(configuration).getUri(), configuration)
        .rename(fresh, path(file), Rename.OVERWRITE);
  }

  private Path path(String file) {
    return new Path(folder, file);
  }

  private void write(Path path, byte[] content, boolean overwrite) throws IOException {
    FileSystem files = path.getFileSystem(configuration);
    try (FSDataOutputStream out = files.create(path, overwrite)) {
      out.write(content);
      out.hsync();
    }
  }
}
