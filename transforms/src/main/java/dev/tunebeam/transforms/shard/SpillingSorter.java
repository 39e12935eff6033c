package dev.tunebeam.transforms.shard;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * Sorts byte strings by unsigned order, in memory up to a limit and with temporary files beyond it.
 * Holds at most the limit and one entry; while merging, one entry and one buffer per file.
 */
public final class SpillingSorter implements AutoCloseable {

  /** Size of an array header, its slot in the list and what the garbage collector needs. */
  private static final int OVERHEAD = 40;

  private static final int BUFFER = 1 << 16;

  private final long maxBytes;
  private final Path folder;
  private final List<Path> runs = new ArrayList<>();
  private final List<MergedRuns> open = new ArrayList<>();
  private List<byte[]> entries = new ArrayList<>();
  private long heldBytes;

  /**
   * Creates a sorter.
   *
   * @param maxBytes maximum memory for entries
   */
  public SpillingSorter(long maxBytes) {
    this(maxBytes, Path.of(System.getProperty("java.io.tmpdir", ".")));
  }

  /**
   * Creates a sorter.
   *
   * @param folder for the temporary files, which are deleted on close
   */
  SpillingSorter(long maxBytes, Path folder) {
    this.maxBytes = maxBytes;
    this.folder = folder;
  }

  /** Adds an entry; must not be called after {@link #sorted}. */
  public void add(byte[] entry) {
    entries.add(entry);
    heldBytes += entry.length + OVERHEAD;
    if (heldBytes > maxBytes) {
      spill();
    }
  }

  /** All entries in order; may be called more than once. */
  public Iterable<byte[]> sorted() {
    entries.sort(Arrays::compareUnsigned);
    if (runs.isEmpty()) {
      return entries;
    }
    spill();
    return () -> {
      MergedRuns merged = new MergedRuns(runs);
      open.add(merged);
      return merged;
    };
  }

  private void spill() {
    if (entries.isEmpty()) {
      return;
    }
    entries.sort(Arrays::compareUnsigned);
    try {
      Path run = Files.createTempFile(folder, "tunebeam-shard-", ".run");
      runs.add(run);
      try (DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(run), BUFFER))) {
        for (byte[] entry : entries) {
          out.writeInt(entry.length);
          out.write(entry);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot sort a shard in %s: %s; make room or name another folder with -Djava.io.tmpdir"
              .formatted(folder, e.getMessage()),
          e);
    }
    entries = new ArrayList<>();
    heldBytes = 0;
  }

  @Override
  public void close() {
    try {
      for (MergedRuns merged : open) {
        merged.close();
      }
      for (Path run : runs) {
        Files.deleteIfExists(run);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One sorted file, read from the start. */
  private static final class Run implements Comparable<Run> {

    private final DataInputStream in;
    private long left;
    private byte[] head = new byte[0];

    Run(Path file) throws IOException {
      left = Files.size(file);
      in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
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

  private static final class MergedRuns implements Iterator<byte[]>, AutoCloseable {

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
    public byte[] next() {
      Run first = heads.poll();
      if (first == null) {
        throw new NoSuchElementException();
      }
      byte[] entry = first.head;
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
  }
}
