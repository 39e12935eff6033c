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
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.Row;
import dev.tunebeam.transforms.row.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.jspecify.annotations.Nullable;

/**
 * The files of a job's input, in the order of their paths, and the ranges that they are read in.
 * Made where the job starts; the same files and options give the same ranges everywhere.
 */
public final class InputFiles {

  private static final long HEAD_BYTES = 64L << 20;

  /** A row group is eight times a range by itself; each range reads the directory at the end. */
  private static final int RANGES_IN_A_ROW_GROUP = 8;

  private final List<InputFile> files;
  private final ReadOptions options;

  /** Files that are known already, in the order in which they count. */
  InputFiles(List<InputFile> files, ReadOptions options) {
    this.files = List.copyOf(files);
    this.options = options;
  }

  /**
   * Finds the files and looks into each for what its name leaves open: one opening a file, a few
   * bytes, and up to 1 MiB of a JSON file or one without a known extension.
   *
   * @param patterns paths, globs or folders on any Beam file system; a folder means the files in it
   *     with a known extension, not those in folders below
   * @param options how to read; a set format holds for all files
   * @throws UnusableInputException if a pattern matches nothing, a file cannot be opened, or its
   *     format cannot be told
   */
  public static InputFiles find(List<String> patterns, ReadOptions options) {
    FileSniffer sniffer = new FileSniffer(options);
    List<InputFile> files = new ArrayList<>();
    for (Map.Entry<String, MatchResult.Metadata> found : FilePatterns.expand(patterns).entrySet()) {
      String path = found.getKey();
      MatchResult.Metadata metadata = found.getValue();
      try {
        files.add(
            sniffer.sniff(
                path,
                metadata.sizeBytes(),
                metadata.isReadSeekEfficient(),
                RangeStream.open(path, 0)));
      } catch (UncheckedIOException | IOException e) {
        throw cannotRead(path, e);
      }
    }
    return new InputFiles(files, options);
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
   * The first good rows of a file, to infer things from before a job starts. Gives up looking after
   * ten times as many rows, but 1,000 at least, and after 64 MiB of text.
   *
   * @param file index of the file
   * @param count how many rows at most
   * @return fewer if the file, or what was looked at of it, has no more
   */
  public List<Row> head(int file, int count) {
    List<Row> rows = new ArrayList<>();
    long looksLeft = Math.max(1000L, 10L * count);
    long bytesLeft = HEAD_BYTES;
    for (InputRange range : ranges(file)) {
      try (RangeReader reader = RangeReader.open(range, options, bytesLeft)) {
        for (Outcome<Row> next = reader.next(); next != null; next = reader.next()) {
          Row row = next.value();
          bytesLeft -= row == null ? 0 : size(row.fields());
          // Where the text was cut off, the last row may be half a row.
          boolean cut = reader.reachedEnd();
          if (rows.size() >= count || looksLeft-- <= 0 || bytesLeft <= 0 || cut) {
            return rows;
          }
          if (row != null) {
            rows.add(row);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return rows;
  }

  /** About how many characters a value has; a text of a record may be longer than its raw text. */
  private static long size(@Nullable Object value) {
    if (!(value instanceof Map) && !(value instanceof List)) {
      return 16L + (value instanceof String text ? text.length() : 0);
    }
    // No stream: values stand in values up to 1,000 times, and a stream takes nine frames for each.
    long size = 0;
    for (Object part : value instanceof Map<?, ?> map ? map.values() : (List<?>) value) {
      size += size(part);
    }
    return size;
  }

  private static UnusableInputException cannotRead(String path, Exception failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String message = String.valueOf(cause.getMessage());
    return new UnusableInputException(
        "cannot read " + (message.contains(path) ? message : path + ": " + message), failure);
  }

  private List<InputRange> ranges(int index) {
    InputFile file = files.get(index);
    boolean parquet = file.format() == InputFormat.PARQUET;
    boolean lines = file.format().isLines() && !Transcoder.isNeededFor(file.charset());
    boolean cut = (lines || parquet) && file.compression() == Compression.NONE && file.seekable();
    if (!cut) {
      return List.of(range(index, 0, 0, InputRange.TO_THE_END));
    }
    long bytes = options.rangeBytes() * (parquet ? RANGES_IN_A_ROW_GROUP : 1);
    List<InputRange> ranges = new ArrayList<>();
    long start = 0;
    do {
      long end = Math.min(file.size(), start + bytes);
      ranges.add(range(index, ranges.size(), start, end));
      start = end;
    } while (start < file.size());
    return ranges;
  }

  private InputRange range(int index, int range, long start, long end) {
    InputFile file = files.get(index);
    return new InputRange(
        index,
        range,
        file.path(),
        file.format(),
        file.compression(),
        file.charset(),
        file.part(),
        start,
        end);
  }
}
