package dev.tunebeam.transforms.read;

import dev.tunebeam.dataset.Inferred;
import dev.tunebeam.transforms.read.input.Compression;
import dev.tunebeam.transforms.read.input.InputFile;
import dev.tunebeam.transforms.read.input.InputFormat;
import dev.tunebeam.transforms.read.input.InputRange;
import dev.tunebeam.transforms.read.input.RangeStream;
import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.read.input.Transcoder;
import dev.tunebeam.transforms.read.input.UnusableInputException;
import dev.tunebeam.transforms.row.Row;
import dev.tunebeam.transforms.row.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.jspecify.annotations.Nullable;

/**
 * The files of a job's input, in the order of their paths, and the ranges that they are read in.
 * Made where the job starts; the same files and options give the same ranges everywhere.
 */
public final class InputFiles {

  /** Files whose first rows are looked at in numbers; of the others a few have to do. */
  public static final int WELL_KNOWN_FILES = 20;

  private static final int ROWS_OF_A_FILE = 100;
  private static final int ROWS_OF_A_LATER_FILE = 10;

  /** Storage of objects answers late, whatever the machine has of cores. */
  private static final int OPENED_AT_ONCE = 8;

  /** Of first rows, in characters: 64 MiB, those of ten thousand files as a rule. */
  private static final long MOST_KEPT = 64L << 20;

  /** A row group is eight times a range by itself; each range reads the directory at the end. */
  private static final int RANGES_IN_A_ROW_GROUP = 8;

  private final List<InputFile> files;
  private final List<List<Row>> heads;
  private final ReadOptions options;

  private InputFiles(List<InputFile> files, List<List<Row>> heads, ReadOptions options) {
    this.files = List.copyOf(files);
    this.heads = List.copyOf(heads);
    this.options = options;
  }

  /** Files that are known already, in the order in which they count, but for their rows. */
  InputFiles(List<InputFile> files, ReadOptions options) {
    this(files, List.of(), options);
  }

  /**
   * Finds the files and looks into each for what its name leaves open and for its first rows: one
   * opening a file, several files at a time. Holds up to 64 MiB of first rows.
   *
   * @param patterns paths, globs or folders on any Beam file system; a folder means the files in it
   *     with a known extension, not those in folders below
   * @param options how to read; a set format holds for all files
   * @throws UnusableInputException if a pattern matches nothing, a file cannot be opened, or its
   *     format cannot be told
   */
  public static InputFiles find(List<String> patterns, ReadOptions options) {
    List<MatchResult.Metadata> found = List.copyOf(FilePatterns.expand(patterns).values());
    List<InputFile> files = new ArrayList<>();
    List<List<Row>> heads = new ArrayList<>();
    long kept = 0;
    ExecutorService pool = Executors.newFixedThreadPool(OPENED_AT_ONCE);
    try {
      Deque<Future<FileHead>> open = new ArrayDeque<>();
      for (int next = 0; files.size() < found.size(); ) {
        while (next < found.size() && open.size() < 2 * OPENED_AT_ONCE) {
          int index = next++;
          open.add(pool.submit(() -> head(found.get(index), index, options)));
        }
        // In the order of the files: of several that cannot be read the first is named.
        FileHead head = done(open.remove());
        files.add(head.file());
        kept += head.size();
        if (kept <= MOST_KEPT) {
          heads.add(head.rows());
        }
      }
    } finally {
      pool.shutdownNow();
    }
    return new InputFiles(files, heads, options);
  }

  private static FileHead head(MatchResult.Metadata found, int index, ReadOptions options) {
    return FileHead.read(found, index, headRows(index), options);
  }

  private static int headRows(int file) {
    return file < WELL_KNOWN_FILES ? ROWS_OF_A_FILE : ROWS_OF_A_LATER_FILE;
  }

  private static FileHead done(Future<FileHead> head) {
    try {
      return head.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while looking into the input", e);
    }
  }

  /**
   * What was inferred from the files and not from their names or from the settings, by the key of
   * the setting that says otherwise: {@code inputFormat}, {@code fieldSeparator}, {@code rows},
   * {@code sheet}.
   *
   * @param names what a file is called, by its path
   */
  public SortedMap<String, List<Inferred>> inferred(UnaryOperator<String> names) {
    return InferredParts.of(files, options, names);
  }

  /**
   * The part that all files of a format were found to have their rows in.
   *
   * @return null if there is no such file, or it is all rows, or they differ
   */
  public @Nullable String commonPart(InputFormat format) {
    List<String> parts =
        files.stream()
            .filter(file -> file.format() == format)
            .map(InputFile::part)
            .distinct()
            .toList();
    return parts.size() == 1 && !parts.get(0).isEmpty() ? parts.get(0) : null;
  }

  /** The files; the index of one is {@link Source#file}. */
  public List<InputFile> files() {
    return files;
  }

  /**
   * The whole input, cut: an uncompressed JSONL or TXT file into ranges of {@link
   * ReadOptions#rangeBytes}, a Parquet file into ranges of eight times that, any other file into
   * one. A few dozen bytes of memory a range.
   */
  public List<InputRange> ranges() {
    List<InputRange> ranges = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      ranges.addAll(ranges(i));
    }
    return ranges;
  }

  /** Bytes of text in the whole input: exact for uncompressed files, see {@link Compression}. */
  public long estimatedBytes() {
    return files.stream().mapToLong(InputFile::estimatedBytes).sum();
  }

  /**
   * The first good rows of a file, to infer things from before a job starts: up to 100 of each of
   * the first {@link #WELL_KNOWN_FILES}, up to 10 of another. Those of files behind the 64 MiB that
   * are held are read again.
   *
   * @param file index of the file
   * @return fewer if the file, or what was looked at of it, has no more
   */
  public List<Row> head(int file) {
    if (file < heads.size()) {
      return heads.get(file);
    }
    InputFile again = files.get(file);
    try (InputStream stored = RangeStream.open(again.path(), 0)) {
      return FileHead.rows(again, file, headRows(file), options, stored);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<InputRange> ranges(int index) {
    InputFile file = files.get(index);
    boolean parquet = file.format() == InputFormat.PARQUET;
    boolean lines = file.format().isLines() && !Transcoder.isNeededFor(file.charset());
    boolean cut = (lines || parquet) && file.compression() == Compression.NONE && file.seekable();
    if (!cut) {
      return List.of(InputRange.of(file, index, 0, 0, InputRange.TO_THE_END));
    }
    long bytes = options.rangeBytes() * (parquet ? RANGES_IN_A_ROW_GROUP : 1);
    List<InputRange> ranges = new ArrayList<>();
    long start = 0;
    do {
      long end = Math.min(file.size(), start + bytes);
      ranges.add(InputRange.of(file, index, ranges.size(), start, end));
      start = end;
    } while (start < file.size());
    return ranges;
  }
}
