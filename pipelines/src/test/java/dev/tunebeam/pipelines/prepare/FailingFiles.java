package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.transforms.files.FolderFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of a folder, of whose operations one fails, or is the last before a kill. Nothing is
 * synced to disk: that would be most of the time of a test.
 */
final class FailingFiles implements FolderFiles {

  /** How an operation fails. */
  enum Fault {
    BEFORE,
    AFTER,
    KILLED_BEFORE,
    KILLED_AFTER
  }

  private final FolderFiles files;
  private final int failing;
  private final Fault fault;
  private final List<String> log = new ArrayList<>();
  private int operations;

  FailingFiles(FolderFiles files, int failing, Fault fault) {
    this.files = files;
    this.failing = failing;
    this.fault = fault;
  }

  /** Files of which no operation fails. */
  static FailingFiles none(FolderFiles files) {
    return new FailingFiles(files, Integer.MAX_VALUE, Fault.BEFORE);
  }

  int operations() {
    return operations;
  }

  /** What was replaced and synced, in order. */
  List<String> log() {
    return List.copyOf(log);
  }

  private interface Operation<T> {
    T run() throws IOException;
  }

  private <T> T one(Operation<T> operation) throws IOException {
    operations++;
    boolean killed = fault == Fault.KILLED_BEFORE || fault == Fault.KILLED_AFTER;
    boolean before = fault == Fault.BEFORE || fault == Fault.KILLED_BEFORE;
    if ((killed && operations > failing) || (before && operations == failing)) {
      throw new IOException("injected");
    }
    T result = operation.run();
    if (operations == failing) {
      throw new IOException("injected");
    }
    return result;
  }

  private interface Each {
    void run(String file) throws IOException;
  }

  /** Each file is an operation of its own. */
  private boolean each(List<String> all, Each operation) throws IOException {
    for (String file : all) {
      one(
          () -> {
            operation.run(file);
            return true;
          });
    }
    return true;
  }

  @Override
  public byte @Nullable [] read(String file) throws IOException {
    return one(() -> Optional.ofNullable(files.read(file))).orElse(null);
  }

  @Override
  public boolean create(String file, byte[] content) throws IOException {
    return one(() -> files.create(file, content));
  }

  /** The kill may come while it writes beside the file. */
  @Override
  public void replace(String file, byte[] content) throws IOException {
    one(() -> files.create("." + file + ".new", Arrays.copyOf(content, content.length / 2)));
    each(List.of(file), name -> files.replace(name, content));
    log.add("replace " + file);
  }

  @Override
  public boolean movesOver() {
    return files.movesOver();
  }

  @Override
  public void move(List<String> from, List<String> to) throws IOException {
    List<String> left = new ArrayList<>(to);
    each(from, file -> files.move(List.of(file), List.of(left.remove(0))));
  }

  @Override
  public void sync(List<String> all) throws IOException {
    each(all, file -> log.add("sync " + file));
  }

  @Override
  public boolean link(List<String> all) throws IOException {
    return each(all, file -> files.link(List.of(file)));
  }

  @Override
  public void mendLinks() {
    files.mendLinks();
  }

  @Override
  public List<String> list(String glob) throws IOException {
    return one(() -> files.list(glob));
  }

  @Override
  public void delete(List<String> all) throws IOException {
    each(all, file -> files.delete(List.of(file)));
  }
}
