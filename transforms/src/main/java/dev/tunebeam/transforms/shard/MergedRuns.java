package dev.tunebeam.transforms.shard;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/** The entries of sorted files in order. Holds an entry and a buffer for each file. */
final class MergedRuns implements Iterator<ByteBuffer>, AutoCloseable {

  private final PriorityQueue<Run> heads = new PriorityQueue<>();

  MergedRuns(List<Path> files) {
    try {
      for (Path file : files) {
        Run run = new Run(file);
        if (run.advance()) {
          heads.add(run);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean hasNext() {
    return !heads.isEmpty();
  }

  @Override
  public ByteBuffer next() {
    Run first = heads.poll();
    if (first == null) {
      throw new NoSuchElementException();
    }
    ByteBuffer entry = ByteBuffer.wrap(first.head);
    try {
      if (first.advance()) {
        heads.add(first);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entry;
  }

  @Override
  public void close() throws IOException {
    for (Run run : heads) {
      run.in.close();
    }
  }

  /** One sorted file, read from the start. */
  private static final class Run implements Comparable<Run> {

    private final DataInputStream in;
    private long left;
    private byte[] head = new byte[0];

    Run(Path file) throws IOException {
      left = Files.size(file);
      in =
          new DataInputStream(
              new BufferedInputStream(Files.newInputStream(file), SpillingSorter.BUFFER));
    }

    boolean advance() throws IOException {
      if (left == 0) {
        in.close();
        return false;
      }
      head = new byte[in.readInt()];
      in.readFully(head);
      left -= 4 + head.length;
      return true;
    }

    @Override
    public int compareTo(Run other) {
      return Arrays.compareUnsigned(head, other.head);
    }
  }
}
