package dev.tunebeam.transforms.read;

import dev.tunebeam.transforms.read.input.Compression;
import dev.tunebeam.transforms.read.input.InputFormat;
import dev.tunebeam.transforms.read.input.InputRange;
import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.RangeStats;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.row.Row;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What comes out of bytes in memory, without a file system. */
public record Reading(List<Row> rows, List<Rejected> rejected, RangeStats stats) {

  static final String PATH = "in/file";

  public static InputRange whole(InputFormat format) {
    return whole(format, Compression.NONE, "UTF-8");
  }

  public static InputRange whole(InputFormat format, Compression compression, String charset) {
    return new InputRange(
        0, 0, PATH, format, compression, charset, "", 0, 0, InputRange.TO_THE_END);
  }

  /** Reads a file as the job would read it, all its ranges one after the other. */
  public static Reading ofFile(Path file, ReadOptions options) {
    List<Row> rows = new ArrayList<>();
    List<Rejected> rejected = new ArrayList<>();
    long count = 0;
    long filtered = 0;
    long positions = 0;
    for (InputRange range : InputFiles.find(List.of(file.toString()), options).ranges()) {
      Reading part = of(RangeReader.open(range, options));
      rows.addAll(part.rows());
      rejected.addAll(part.rejected());
      count += part.stats().rows();
      filtered += part.stats().filtered();
      positions += part.stats().positions();
    }
    return new Reading(rows, rejected, new RangeStats(0, 0, count, filtered, positions));
  }

  public static Reading of(InputFormat format, String text) {
    return of(whole(format), ReadOptions.defaults(), text.getBytes(StandardCharsets.UTF_8));
  }

  public static Reading of(InputFormat format, String text, int maxRowBytes) {
    return of(
        whole(format),
        ReadOptions.defaults().withMaxRowBytes(maxRowBytes),
        text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads a range of a whole file's bytes. */
  public static Reading of(InputRange range, ReadOptions options, byte[] file) {
    int from = (int) Math.max(0, range.start() - 1);
    return of(
        range, options, new ByteArrayInputStream(Arrays.copyOfRange(file, from, file.length)));
  }

  public static Reading of(InputRange range, ReadOptions options, InputStream stored) {
    return of(new RangeReader(range, options, stored));
  }

  private static Reading of(RangeReader opened) {
    List<Row> rows = new ArrayList<>();
    List<Rejected> rejected = new ArrayList<>();
    List<RangeStats> stats = new ArrayList<>();
    try (RangeReader reader = opened) {
      for (Outcome<Row> next = reader.next(); next != null; next = reader.next()) {
        if (!stats.isEmpty()) {
          throw new AssertionError("something comes after the counts: " + next);
        }
        if (next.value() != null) {
          rows.add(next.value());
        } else if (next.rejected() != null) {
          rejected.add(next.rejected());
        } else {
          stats.add(next.stats());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Reading(rows, rejected, stats.get(0));
  }

  public List<Map<String, Object>> fields() {
    return rows.stream().map(Row::fields).toList();
  }

  public List<Integer> positions() {
    return rows.stream().map(row -> row.source().row()).toList();
  }

  /** Position, reason and message of each rejection. */
  public List<String> rejections() {
    return rejected.stream()
        .map(r -> r.source().row() + " " + r.reason() + ": " + r.message())
        .toList();
  }

  public List<String> rejectedRaw() {
    return rejected.stream().map(Rejected::raw).toList();
  }
}
