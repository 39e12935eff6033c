package dev.tunebeam.transforms.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder on an object store, or on any other Beam file system. An object is written, copied and
 * replaced in one step.
 */
class RemoteFolder implements FolderFiles {

  private final String path;

  RemoteFolder(String path) {
    this.path = path;
  }

  @Override
  public byte @Nullable [] read(String file) throws IOException {
    try {
      return BeamFiles.exists(at(file)) ? BeamFiles.read(at(file)) : null;
    } catch (FileNotFoundException | NoSuchFileException e) {
      return null; // deleted meanwhile
    }
  }

  /** Beam has no way to create a file only if there is none; so it is read back. */
  @Override
  public boolean create(String file, byte[] content) throws IOException {
    if (BeamFiles.exists(at(file))) {
      return false;
    }
    BeamFiles.write(at(file), content);
    return Arrays.equals(content, read(file));
  }

  @Override
  public void replace(String file, byte[] content) throws IOException {
    BeamFiles.write(at(file), content);
  }

  @Override
  public boolean movesOver() {
    return false;
  }

  @Override
  public void move(List<String> from, List<String> to) throws IOException {
    BeamFiles.move(at(from), at(to));
  }

  @Override
  public void sync(List<String> files) {}

  @Override
  public boolean link(List<String> files) {
    return false;
  }

  @Override
  public void mendLinks() {}

  @Override
  public List<String> list(String glob) throws IOException {
    int names = glob.indexOf('/') < 0 ? 1 : 2;
    List<String> found = new ArrayList<>();
    for (var file : BeamFiles.match(at(glob))) {
      String[] steps = file.resourceId().toString().replaceFirst("/+$", "").split("/", -1);
      found.add(String.join("/", Arrays.copyOfRange(steps, steps.length - names, steps.length)));
    }
    return found;
  }

  @Override
  public void delete(List<String> files) throws IOException {
    BeamFiles.delete(at(files));
  }

  private List<String> at(List<String> files) {
    return files.stream().map(this::at).toList();
  }

  /** The whole path of a file or folder. */
  final String at(String file) {
    String in = path;
    int slash = file.indexOf('/');
    if (slash >= 0) {
      in = BeamFiles.folderIn(path, file.substring(0, slash));
    }
    String name = file.substring(slash + 1);
    return name.isEmpty() ? in : BeamFiles.in(in, name);
  }
}
