package dev.tunebeam.transforms.files;

import dev.tunebeam.dataset.FilePath;
import dev.tunebeam.dataset.NamedLinks;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A folder on this machine. */
final class LocalFolder implements FolderFiles {

  /** A disk writes many files at once as fast as one. */
  private static final int SYNCED_AT_ONCE = 8;

  private final Path folder;

  LocalFolder(String path) {
    this.folder = Path.of(FilePath.withoutFileScheme(path));
  }

  @Override
  public byte @Nullable [] read(String file) throws IOException {
    try {
      return Files.readAllBytes(folder.resolve(file));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @Override
  public boolean create(String file, byte[] content) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.toAbsolutePath().getParent());
    try {
      Files.write(path, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  @Override
  public void replace(String file, byte[] content) throws IOException {
    Path fresh = folder.resolve("." + file + ".new");
    Files.write(fresh, content);
    force(fresh, StandardOpenOption.WRITE);
    Files.move(
        fresh,
        folder.resolve(file),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    forceFolder(folder);
  }

  @Override
  public boolean movesOver() {
    return true;
  }

  @Override
  public void move(List<String> from, List<String> to) throws IOException {
    for (int i = 0; i < from.size(); i++) {
      Path target = folder.resolve(to.get(i));
      Files.createDirectories(target.toAbsolutePath().getParent());
      Files.move(
          folder.resolve(from.get(i)),
          target,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void sync(List<String> files) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(SYNCED_AT_ONCE);
    try {
      List<Future<?>> syncing = new ArrayList<>();
      Set<Path> folders = new HashSet<>(Set.of(folder));
      for (String file : files) {
        Path path = folder.resolve(file);
        folders.add(path.getParent());
        syncing.add(
            threads.submit(
                () -> {
                  force(path, StandardOpenOption.WRITE);
                  return path;
                }));
      }
      for (Future<?> file : syncing) {
        file.get();
      }
      for (Path each : folders) {
        forceFolder(each);
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  static void force(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  /** So that the names of its files are on disk; Windows opens no folder and needs none of it. */
  private static void forceFolder(Path path) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      force(path, StandardOpenOption.READ);
    }
  }

  @Override
  public boolean link(List<String> files) throws IOException {
    if (files.size() > NamedLinks.MOST) {
      return false;
    }
    for (String file : files) {
      if (!NamedLinks.make(folder, file)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void mendLinks() {
    NamedLinks.mend(folder);
  }

  @Override
  public List<String> list(String glob) throws IOException {
    List<String> found = new ArrayList<>();
    int slash = glob.indexOf('/');
    for (Path path : matching(folder, slash < 0 ? glob : glob.substring(0, slash))) {
      if (slash < 0) {
        found.add(folder.relativize(path).toString());
      } else {
        matching(path, glob.substring(slash + 1))
            .forEach(file -> found.add(path.getFileName() + "/" + file.getFileName()));
      }
    }
    return found;
  }

  private static List<Path> matching(Path in, String glob) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(in, glob)) {
      files.forEach(found::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
    return found;
  }

  @Override
  public void delete(List<String> files) throws IOException {
    for (String file : files) {
      try {
        Files.deleteIfExists(folder.resolve(file));
      } catch (DirectoryNotEmptyException e) {
        // It stays: somebody else's files are in it.
      }
    }
  }
}
