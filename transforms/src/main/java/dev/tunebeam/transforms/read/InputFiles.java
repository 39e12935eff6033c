package dev.tunebeam.transforms.read;

import dev.tunebeam.dataset.Inferred;
import dev.tunebeam.transforms.read.input.Compression;
import dev.tunebeam.transforms.read.input.InputFile;
import dev.tunebeam.transforms.read.input.InputFormat;
import dev.tunebeam.transforms.read.input.InputRange;
import dev.tunebeam.transforms.read.input.RangeStream;
import dev.tunebeam.transforms.read.input.ReadOptions;
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
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.jspecify.annotations.Nullable;

/**
 * The input files of a job, sorted by path, and the ranges to read them in. Created on the driver;
 * the same files and options always give the same ranges.
 *
 * <p>One file because the first rows are kept in the order in which the files are found.
 */
public final class InputFiles {

  /** Number of files from which many first rows are read; from the others only a few. */
  public static final int WELL_KNOWN_FILES = 20;

  private static final int ROWS_OF_A_FILE = 1_000;
  private static final int ROWS_OF_A_LATER_FILE = 10;

  /** No file has this index. */
  private static final int NONE_GIVEN = Integer.MAX_VALUE;

  /**
   * Number of files read concurrently: object stores have high latency, whatever the number of
   * cores.
   */
  private static final int OPENED_AT_ONCE = 8;

  /**
   * Maximum size of the first rows held, in characters: 64 MiB, typically those of ten thousand
   * files.
   */
  private static final long MOST_KEPT = 64L << 20;

  private final List<InputFile> files;
  private final List<List<Row>> heads;
  private final ReadOptions options;
  private final int firstGiven;
  private final FileVersions versions;

  private InputFiles(
      List<InputFile> files,
      List<List<Row>> heads,
      ReadOptions options,
      int firstGiven,
      FileVersions versions) {
    this.files = List.copyOf(files);
    this.versions = versions;
    this.heads = List.copyOf(heads);
    this.options = options;
    this.firstGiven = firstGiven;
  }

  /** Known files, in order, without their first rows. */
  InputFiles(List<InputFile> files, ReadOptions options) {
    this(files, List.of(), options, NONE_GIVEN, FileVersions.NONE);
  }

  /**
   * Finds the files, and reads the head of each for what its name leaves open and for its first
   * rows: each file is opened once, several concurrently. Holds up to 64 MiB of first rows.
   *
   * @param patterns paths, globs or folders on any Beam file system; a folder means the files in it
   *     with a known extension, without subfolders
   * @param options how to read; a format that is set applies to all files
   * @throws UnusableInputException if a pattern matches nothing, a file cannot be opened, or its
   *     format cannot be detected, or no first row has a field that the options name
   */
  public static InputFiles find(List<String> patterns, ReadOptions options) {
    SortedMap<String, MatchResult.Metadata> byPath = FilePatterns.expand(patterns);
    FileVersions versions = FileVersions.of(byPath);
    List<MatchResult.Metadata> found = List.copyOf(byPath.values());
    List<InputFile> files = new ArrayList<>();
    List<List<Row>> heads = new ArrayList<>();
    Set<String> unseen = options.changes().names();
    boolean rows = false;
    long kept = 0;
    ExecutorService pool = Executors.newFixedThreadPool(OPENED_AT_ONCE);
    try {
      Deque<Future<FileHead>> open = new ArrayDeque<>();
      for (int next = 0; files.size() < found.size(); ) {
        while (next < found.size() && open.size() < 2 * OPENED_AT_ONCE) {
          int index = next++;
          open.add(pool.submit(() -> head(found.get(index), index, options)));
        }
        // In file order, so that the error names the first file that cannot be read.
        FileHead head = done(open.remove());
        files.add(head.file());
        if (!head.rows().isEmpty()) {
          unseen.retainAll(head.unseen());
          rows = true;
        }
        kept += head.size();
        if (kept <= MOST_KEPT) {
          heads.add(head.rows());
        }
      }
    } finally {
      pool.shutdownNow();
    }
    if (rows && !unseen.isEmpty()) {
      throw FileHead.unknownField(unseen.iterator().next(), heads);
    }
    return new InputFiles(files, heads, options, NONE_GIVEN, versions);
  }

  /**
   * These files, and behind them those of the validation input, of which none is one of these
   * unless another part of it is read.
   *
   * @throws UnusableInputException if it has a file of these, with the same part
   */
  public InputFiles with(InputFiles validation) {
    for (InputFile file : validation.files) {
      for (InputFile own : files) {
        if (own.path().equals(file.path()) && own.part().equals(file.part())) {
          throw new UnusableInputException(
              "%s is in input and in validationInput; leave it out of one of them, or name its parts with rows and validationRows"
                  .formatted(file.path()));
        }
      }
    }
    List<InputFile> all = new ArrayList<>(files);
    all.addAll(validation.files);
    List<List<Row>> allHeads = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      allHeads.add(head(i));
    }
    allHeads.addAll(validation.heads);
    return new InputFiles(all, allHeads, options, files.size(), versions.with(validation.versions));
  }

  /** The files of given splits alone: those to train on, and behind them those to hold out. */
  public InputFiles of(NamedSplits splits) {
    return only(Set.copyOf(splits.train())).with(only(Set.copyOf(splits.validation())));
  }

  private InputFiles only(Set<String> paths) {
    List<InputFile> some = new ArrayList<>();
    List<List<Row>> theirs = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      if (paths.contains(files.get(i).path())) {
        some.add(files.get(i));
        theirs.add(head(i));
      }
    }
    return new InputFiles(some, theirs, options, NONE_GIVEN, versions);
  }

  /**
   * Paths of the files that were written, replaced or removed since they were found; their rows may
   * be of both versions.
   */
  public List<String> changed() {
    return files.stream().map(InputFile::path).distinct().filter(versions::isOther).toList();
  }

  /** Index of the first file of the validation input; larger than any if there is none. */
  public int firstGiven() {
    return firstGiven;
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
   * What was inferred from the content of files, by the key of the setting that overrides it:
   * {@code inputFormat}, {@code charset}, {@code fieldSeparator}, {@code rows}, {@code sheet}.
   *
   * @param names the displayed name of a file, by its path
   */
  public SortedMap<String, List<Inferred>> inferred(UnaryOperator<String> names) {
    return InferredParts.of(files, options, names);
  }

  /**
   * The part with the rows, if it is the same in all files of a format.
   *
   * @param given whether to look at the files of the validation input, or at the others
   * @return null if there is no such file, or all of it is rows, or they differ
   */
  public @Nullable String commonPart(InputFormat format, boolean given) {
    List<String> parts =
        files
            .subList(
                given ? Math.min(firstGiven, files.size()) : 0,
                given ? files.size() : Math.min(firstGiven, files.size()))
            .stream()
            .filter(file -> file.format() == format)
            .map(InputFile::part)
            .distinct()
            .toList();
    return parts.size() == 1 && !parts.get(0).isEmpty() ? parts.get(0) : null;
  }

  /** The character encoding of all files; null if they differ. */
  public @Nullable String commonCharset() {
    List<String> charsets = files.stream().map(InputFile::charset).distinct().toList();
    return charsets.size() == 1 ? charsets.get(0) : null;
  }

  /** The row of the column names, if it is the same in all files and below a title; else 0. */
  public int commonHeader() {
    int first = files.isEmpty() ? 0 : files.get(0).header();
    return files.stream().allMatch(file -> file.header() == first) ? first : 0;
  }

  /** The names of the folders that the files lie in, sorted, without duplicates. */
  public List<String> folders() {
    return files.stream().map(file -> FileNames.folder(file.path())).distinct().sorted().toList();
  }

  /** Whether the names of all files say that they are plain text. */
  public boolean areTexts() {
    return files.stream().allMatch(file -> FileNames.format(file.path()) == InputFormat.TXT);
  }

  /** The files; their indices are those of {@link Source#file}. */
  public List<InputFile> files() {
    return files;
  }

  /**
   * Splits the input into ranges: an uncompressed JSONL or TXT file into ranges of {@link
   * ReadOptions#rangeBytes}, a Parquet file into ranges of eight times that, any other file into
   * one. Takes a few dozen bytes of memory per range.
   */
  public List<InputRange> ranges() {
    List<InputRange> ranges = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      ranges.addAll(FileRanges.of(files.get(i), i, options.rangeBytes()));
    }
    return ranges;
  }

  /**
   * Each file as one range, for small files that are read beside the input.
   *
   * @param firstFile index of the first one
   */
  public List<InputRange> wholeFiles(int firstFile) {
    List<InputRange> ranges = new ArrayList<>();
    for (InputFile file : files) {
      ranges.add(InputRange.of(file, firstFile + ranges.size(), 0, 0, InputRange.TO_THE_END));
    }
    return ranges;
  }

  /**
   * Size of the text of the whole input in bytes: exact for uncompressed files, see {@link
   * Compression}.
   */
  public long estimatedBytes() {
    return files.stream().mapToLong(InputFile::estimatedBytes).sum();
  }

  /**
   * The first valid rows of a file, for inference before a job starts: up to 1,000 of each of the
   * first {@link #WELL_KNOWN_FILES}, up to 10 of any other; of long rows fewer. Rows beyond the 64
   * MiB that are held are read again.
   *
   * @param file index of the file
   * @return fewer if the file, or the part of it that is looked at, has no more
   */
  public List<Row> head(int file) {
    if (file < heads.size()) {
      return heads.get(file);
    }
    InputFile again = files.get(file);
    try (InputStream stored = RangeStream.open(again.path(), 0)) {
      return FileHead.read(again, file, headRows(file), options, stored).rows();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
