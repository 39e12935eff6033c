package dev.tunebeam.transforms.shard;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * Sorts byte strings by unsigned order, in memory up to a limit and with temporary files beyond it.
 * Holds at most the limit and one entry; while merging, one entry and one buffer per file.
 */
public final class SpillingSorter implements AutoCloseable {

  /** An entry, its slot in the list and what sorting needs. */
  private static final int OVERHEAD = 40;

  private static final int PAGE = 1 << 16;

  static final int BUFFER = 1 << 16;

  private final long maxBytes;
  private final Path folder;
  private final List<Path> runs = new ArrayList<>();
  private final List<MergedRuns> open = new ArrayList<>();
  private final List<Entry> entries = new ArrayList<>();
  private final List<byte[]> pages = new ArrayList<>();
  private int usedPages;
  private byte[] page = new byte[0];
  private int usedOfPage;
  private long heldBytes;

  /**
   * Where an entry lies: pages are few and stay, so the garbage collector has little to copy.
   *
   * @param first its first bytes as an unsigned number, so that few comparisons look at the page
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared by its content only.
  private record Entry(long first, byte[] page, int from, int to) implements Comparable<Entry> {

    static Entry of(byte[] page, int from, int to) {
      long first = 0;
      for (int i = 0; i < Long.BYTES; i++) {
        first = first << Byte.SIZE | (from + i < to ? page[from + i] & 0xFF : 0);
      }
      return new Entry(first, page, from, to);
    }

    ByteBuffer slice() {
      return ByteBuffer.wrap(page, from, to - from).slice();
    }

    @Override
    public int compareTo(Entry other) {
      return first != other.first
          ? Long.compareUnsigned(first, other.first)
          : Arrays.compareUnsigned(page, from, to, other.page, other.from, other.to);
    }
  }

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
    if (entry.length > page.length - usedOfPage) {
      nextPage(entry.length);
    }
    System.arraycopy(entry, 0, page, usedOfPage, entry.length);
    entries.add(Entry.of(page, usedOfPage, usedOfPage + entry.length));
    usedOfPage += entry.length;
    heldBytes += entry.length + OVERHEAD;
    if (heldBytes > maxBytes) {
      spill();
    }
  }

  private void nextPage(int atLeast) {
    if (atLeast > PAGE) {
      page = new byte[atLeast];
    } else {
      if (usedPages == pages.size()) {
        pages.add(new byte[PAGE]);
      }
      page = pages.get(usedPages++);
    }
    usedOfPage = 0;
  }

  /** All entries in order; may be called more than once. */
  public Iterable<byte[]> sorted() {
    Iterable<ByteBuffer> slices = slices();
    return () -> new Copies(slices.iterator());
  }

  /** The same without a copy of each: valid until {@link #close}, and to be left as they are. */
  public Iterable<ByteBuffer> slices() {
    Collections.sort(entries);
    if (runs.isEmpty()) {
      return () -> new Slices(entries.iterator());
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
    Collections.sort(entries);
    try {
      Path run = Files.createTempFile(folder, "tunebeam-shard-", ".run");
      runs.add(run);
      try (DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(run), BUFFER))) {
        for (Entry entry : entries) {
          out.writeInt(entry.to - entry.from);
          out.write(entry.page, entry.from, entry.to - entry.from);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot sort a shard in %s: %s; make room or name another folder with -Djava.io.tmpdir"
              .formatted(folder, e.getMessage()),
          e);
    }
    forgetEntries();
  }

  private void forgetEntries() {
    entries.clear();
    usedPages = 0;
    page = new byte[0];
    usedOfPage = 0;
    heldBytes = 0;
  }

  /** Forgets the entries and deletes the files: others can be added, into the same memory. */
  @Override
  public void close() {
    forgetEntries();
    try {
      for (MergedRuns merged : open) {
        merged.close();
      }
      open.clear();
      for (Path run : runs) {
        Files.deleteIfExists(run);
      }
      runs.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Slices(Iterator<Entry> entries) implements Iterator<ByteBuffer> {

    @Override
    public boolean hasNext() {
      return entries.hasNext();
    }

    @Override
    public ByteBuffer next() {
      return entries.next().slice();
    }
  }

  private record Copies(Iterator<ByteBuffer> slices) implements Iterator<byte[]> {

    @Override
    public boolean hasNext() {
      return slices.hasNext();
    }

    @Override
    public byte[] next() {
      ByteBuffer slice = slices.next();
      byte[] copy = new byte[slice.remaining()];
      slice.get(copy);
      return copy;
    }
  }
}
