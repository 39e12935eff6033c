package dev.tunebeam.transforms.read;

import dev.tunebeam.transforms.read.input.InputFile;
import dev.tunebeam.transforms.read.input.InputRange;
import dev.tunebeam.transforms.read.input.RangeStream;
import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.read.input.UnusableInputException;
import dev.tunebeam.transforms.row.FieldValue;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.Row;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.jspecify.annotations.Nullable;

/**
 * The head of an input file: its format and first rows. The file is opened once; workbooks and
 * Parquet files are opened again by their readers. Holds up to 1 MiB of the file while reading.
 *
 * @param file the detected file
 * @param rows its first valid rows, of those that are kept if there are such
 * @param unseen the fields that the recipe names for the rows to be read, and no row looked at has
 */
record FileHead(InputFile file, List<Row> rows, Set<String> unseen) {

  private static final int NAMES_SHOWN = 20;

  private static final long HEAD_BYTES = 64L << 20;

  /** As many rows tell their shape; more are read only where they are short. */
  private static final int ENOUGH_ROWS = 100;

  private static final long ENOUGH_BYTES = 2L << 20;

  /** Makes an immutable copy. */
  FileHead {
    rows = List.copyOf(rows);
    unseen = Set.copyOf(unseen);
  }

  /**
   * Reads the head of a file. Looks at no more than twice {@code count} rows, but at least 1,000,
   * and at no more than 64 MiB of text; after 100 rows, at no more than 2 MiB.
   *
   * @param index of the file
   * @param count maximum number of rows
   * @throws UnusableInputException if the file cannot be read, or its format cannot be detected
   */
  static FileHead read(MatchResult.Metadata found, int index, int count, ReadOptions options) {
    String path = found.resourceId().toString();
    try (Replay stored = new Replay(RangeStream.open(path, 0))) {
      InputFile file =
          new FileSniffer(options)
              .sniff(path, found.sizeBytes(), found.isReadSeekEfficient(), stored);
      return read(file, index, count, options, stored.fromTheStart());
    } catch (UncheckedIOException | IOException e) {
      throw cannotRead(path, e);
    }
  }

  /** The same for a file that is known, from its bytes. */
  static FileHead read(
      InputFile file, int index, int count, ReadOptions options, InputStream stored)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    List<Row> filtered = new ArrayList<>();
    Set<String> unseen = options.changes().names();
    long looksLeft = Math.max(1000L, 2L * count);
    long bytesLeft = HEAD_BYTES;
    InputRange whole = InputRange.of(file, index, 0, 0, InputRange.TO_THE_END);
    try (RangeReader reader = new RangeReader(whole, options, stored, HEAD_BYTES)) {
      for (Outcome<Row> next = reader.next(); next != null; next = reader.next()) {
        Row row = next.value();
        bytesLeft -= row == null ? 0 : size(row);
        // The last row may be incomplete if the text was cut off.
        boolean cut = reader.reachedEnd();
        boolean enough =
            rows.size() >= count
                || (rows.size() >= ENOUGH_ROWS && bytesLeft < HEAD_BYTES - ENOUGH_BYTES);
        if (enough || looksLeft-- <= 0 || bytesLeft <= 0 || cut) {
          break;
        }
        if (row != null) {
          unseen.removeIf(name -> FieldValue.at(row.fields(), name).present());
          List<Row> to = options.changes().keeps(row) ? rows : filtered;
          if (to.size() < count) {
            to.add(row);
          }
        }
      }
    }
    return new FileHead(file, rows.isEmpty() ? filtered : rows, unseen);
  }

  /** The approximate size of the rows in characters. */
  long size() {
    return rows.stream().mapToLong(row -> size(row)).sum();
  }

  private static long size(Row row) {
    return size(row.fields());
  }

  /**
   * The approximate size of a value in characters; a string of a record may be longer than its raw
   * text.
   */
  private static long size(@Nullable Object value) {
    if (!(value instanceof Map) && !(value instanceof List)) {
      return 16L + (value instanceof String text ? text.length() : 0);
    }
    // Not a stream: values are nested up to 1,000 levels, and a stream takes nine frames for each.
    long size = 0;
    for (Object part : value instanceof Map<?, ?> map ? map.values() : (List<?>) value) {
      size += size(part);
    }
    return size;
  }

  /** No first row has a field that the recipe names for the rows to be read. */
  static UnusableInputException unknownField(String name, List<List<Row>> heads) {
    Set<String> names = new LinkedHashSet<>();
    heads.forEach(head -> head.forEach(row -> names.addAll(row.fields().keySet())));
    return new UnusableInputException(
        "the recipe's where or fillDown names the field %s, which none of the first rows has; they have %s%s; correct the name, or in where write %s? if it may be missing"
            .formatted(
                name,
                names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", ")),
                names.size() > NAMES_SHOWN ? ", …" : "",
                name));
  }

  private static UnusableInputException cannotRead(String path, Exception failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String message = String.valueOf(cause.getMessage());
    return new UnusableInputException(
        "cannot read " + (message.contains(path) ? message : path + ": " + message), failure);
  }

  /** A stream that keeps what was read, to read it again from the start. */
  private static final class Replay extends FilterInputStream {

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    Replay(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      kept.write(target, offset, Math.max(0, count));
      return count;
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    InputStream fromTheStart() {
      return new SequenceInputStream(new ByteArrayInputStream(kept.toByteArray()), in);
    }
  }
}
