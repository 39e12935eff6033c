package dev.tunebeam.transforms.read;

import dev.tunebeam.transforms.reject.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * The files of a job's input, in the order of their paths, and the ranges that they are read in.
 * Made where the job starts; the same files and options give the same ranges everywhere.
 */
public final class InputFiles {

  private final List<InputFile> files;
  private final ReadOptions options;

  /** Files that are known already, in the order in which they count. */
  public InputFiles(List<InputFile> files, ReadOptions options) {
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

  /** The files; the index of one is {@link Source#file}. */
  public List<InputFile> files() {
    return files;
  }

  /**
   * The whole input, cut: an uncompressed JSONL file into ranges of {@link ReadOptions#rangeBytes},
   * any other file into one. A few dozen bytes of memory a range.
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
   * ten times as many rows, but 1,000 at least.
   *
   * @param file index of the file
   * @param count how many rows at most
   * @return fewer if the file, or what was looked at of it, has no more
   */
  public List<Row> head(int file, int count) {
    List<Row> rows = new ArrayList<>();
    long looksLeft = Math.max(1000L, 10L * count);
    for (InputRange range : ranges(file)) {
      try (RangeReader reader = RangeReader.open(range, options)) {
        for (Outcome<Row> next = reader.next(); next != null; next = reader.next()) {
          if (rows.size() >= count || looksLeft-- <= 0) {
            return rows;
          }
          if (next.value() != null) {
            rows.add(next.value());
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return rows;
  }

  private static UnusableInputException cannotRead(String path, Exception failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String message = String.valueOf(cause.getMessage());
    return new UnusableInputException(
        "cannot read " + (message.contains(path) ? message : path + ": " + message), failure);
  }

  private List<InputRange> ranges(int index) {
    InputFile file = files.get(index);
    boolean cut =
        file.format() == InputFormat.JSONL
            && file.compression() == Compression.NONE
            && file.seekable()
            && !Transcoder.isNeededFor(file.charset());
    if (!cut) {
      return List.of(range(index, 0, 0, InputRange.TO_THE_END));
    }
    List<InputRange> ranges = new ArrayList<>();
    long start = 0;
    do {
      long end = Math.min(file.size(), start + options.rangeBytes());
      ranges.add(range(index, ranges.size(), start, end));
      start = end;
    } while (start < file.size());
    return ranges;
  }

  private InputRange range(int index, int range, long start, long end) {
    InputFile file = files.get(index);
    return new InputRange(
        index, range, file.path(), file.format(), file.compression(), file.charset(), start, end);
  }
}
