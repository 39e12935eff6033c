package dev.tunebeam.transforms.read;

import dev.tunebeam.transforms.read.csv.CsvRows;
import dev.tunebeam.transforms.read.input.ByteOrderMark;
import dev.tunebeam.transforms.read.input.ByteWindow;
import dev.tunebeam.transforms.read.input.Compression;
import dev.tunebeam.transforms.read.input.FieldSeparator;
import dev.tunebeam.transforms.read.input.InputFormat;
import dev.tunebeam.transforms.read.input.InputRange;
import dev.tunebeam.transforms.read.input.RangeStream;
import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.read.input.RowChanges;
import dev.tunebeam.transforms.read.input.RowFactory;
import dev.tunebeam.transforms.read.input.Rows;
import dev.tunebeam.transforms.read.input.Transcoder;
import dev.tunebeam.transforms.read.json.JsonRows;
import dev.tunebeam.transforms.read.json.JsonlRows;
import dev.tunebeam.transforms.read.lines.TxtRows;
import dev.tunebeam.transforms.read.lines.WholeTextRows;
import dev.tunebeam.transforms.read.mail.EmlRows;
import dev.tunebeam.transforms.read.mail.MboxRows;
import dev.tunebeam.transforms.read.parquet.ParquetRows;
import dev.tunebeam.transforms.read.xlsx.XlsxRows;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.RangeStats;
import dev.tunebeam.transforms.row.Row;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads one range: its rows, valid and rejected, in order, and last its {@link RangeStats}.
 *
 * <p>A function of the file's bytes, the range and the options. Holds a few rows at a time: twice
 * {@link ReadOptions#maxRowBytes} and what parsing a row of that size needs. Data that cannot be
 * decompressed gives one rejection with {@link dev.tunebeam.transforms.row.Reason#UNREADABLE_FILE}
 * after the rows before it. For the memory of Parquet files see {@link ParquetRows}, of workbooks
 * {@link XlsxRows}.
 */
final class RangeReader implements Closeable {

  private final RowFactory rows;
  private final RowChanges changes;
  private final RowChanger changer;
  private final boolean rowsChosen;
  private final long most;
  private final InputStream stored;
  private InputStream text;
  private @Nullable Rows format;
  private long count;
  private long filtered;
  private long positions;
  private boolean rowsEnded;
  private boolean ended;

  /**
   * @param range the range to read
   * @param options the maximum row size, and whether the key of JSON rows is set, are used here
   * @param stored the file's stored bytes: from the range's start on, or from one byte before
   *     unless that is the file's start. Closed with this reader
   */
  RangeReader(InputRange range, ReadOptions options, InputStream stored) {
    this(range, options, stored, Long.MAX_VALUE);
  }

  /**
   * Reads the beginning of a range, for its first rows, those that are filtered included.
   *
   * @param most maximum bytes of text to read; the row that is cut off there must not be used, see
   *     {@link #reachedEnd}
   */
  RangeReader(InputRange range, ReadOptions options, InputStream stored, long most) {
    this.rows = new RowFactory(range, options.maxRowBytes());
    this.changes = options.changes();
    this.changer = new RowChanger(changes, range);
    this.rowsChosen = options.rows() != null;
    this.most = most;
    this.stored = stored;
    this.text = stored;
  }

  /** Opens the range on its Beam file system. */
  static RangeReader open(InputRange range, ReadOptions options) {
    boolean binary = range.format().isBinary();
    InputStream stored = binary ? InputStream.nullInputStream() : RangeStream.open(range);
    return new RangeReader(range, options, stored);
  }

  /** Whether the maximum was reached. */
  boolean reachedEnd() {
    return text instanceof Head head && head.reachedEnd();
  }

  /**
   * The next row or rejection, then the counts, then null.
   *
   * @throws java.io.UncheckedIOException if the storage fails
   */
  @Nullable Outcome<Row> next() {
    for (Outcome<Row> next = nextUnlessEnded(); next != null; next = nextUnlessEnded()) {
      count++;
      Row row = next.value();
      if (row == null) {
        return next;
      }
      Row changed = changer.change(row);
      if (most < Long.MAX_VALUE || changes.keeps(changed)) {
        return Outcome.of(changed);
      }
      filtered++;
    }
    rowsEnded = true;
    if (ended) {
      return null;
    }
    ended = true;
    InputRange range = rows.range();
    return Outcome.stats(new RangeStats(range.file(), range.range(), count, filtered, positions));
  }

  /** The line on which the last row begins if it is an element of a JSON array, else 0. */
  long line() {
    return format instanceof JsonRows elements ? elements.line() : 0;
  }

  @Override
  public void close() throws IOException {
    try {
      if (format != null) {
        format.close();
      }
      text.close();
    } finally {
      stored.close();
    }
  }

  /** A stream with a maximum length. */
  private static final class Head extends FilterInputStream {

    private long left;

    Head(InputStream in, long most) {
      super(in);
      this.left = most;
    }

    boolean reachedEnd() {
      return left <= 0;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left <= 0) {
        return -1;
      }
      int count = super.read(target, offset, (int) Math.min(length, left));
      left -= Math.max(0, count);
      return count;
    }
  }

  private @Nullable Outcome<Row> nextUnlessEnded() {
    return rowsEnded ? null : nextRow();
  }

  private @Nullable Outcome<Row> nextRow() {
    try {
      Rows open = format;
      if (open == null) {
        open = openFormat();
        format = open;
      }
      try {
        return open.next();
      } finally {
        positions = open.positions();
      }
    } catch (IOException e) {
      rowsEnded = true;
      return rows.unreadable(positions + 1, broken(e), "");
    }
  }

  private String broken(IOException e) {
    String how = rows.range().compression().name().toLowerCase(Locale.ROOT);
    return String.format(
        Locale.ROOT,
        "cannot be decompressed (%s) after %d %s: %s; fetch or compress the file again, or leave"
            + " it out",
        how,
        positions,
        rows.range().format() == InputFormat.JSON ? "elements" : "lines",
        e.getMessage() == null ? "the data ends too early" : e.getMessage());
  }

  private Rows openFormat() throws IOException {
    InputRange range = rows.range();
    if (range.format().isBinary()) {
      return range.format() == InputFormat.XLSX
          ? new XlsxRows(rows, range.header())
          : new ParquetRows(rows);
    }
    boolean compressed = range.compression() != Compression.NONE;
    if (compressed) {
      text = range.compression().decompress(new BufferedInputStream(stored, 1 << 16));
    }
    if (!range.format().isMail() && Transcoder.isNeededFor(range.charset())) {
      text = new Transcoder(text, Charset.forName(range.charset()));
    }
    if (most < Long.MAX_VALUE) {
      text = new Head(text, most);
    }
    ByteWindow window = new ByteWindow(text, Math.max(0, range.start() - 1));
    if (range.start() == 0 && rows.decoder().utf8()) {
      ByteOrderMark.dropUtf8(window);
    }
    return switch (range.format()) {
      case JSONL -> new JsonlRows(rows, window);
      case JSON -> new JsonRows(rows, window, rowsChosen);
      case TXT ->
          range.part().equals(ReadOptions.WHOLE_FILE)
              ? new WholeTextRows(rows, window)
              : new TxtRows(rows, window);
      case MBOX -> new MboxRows(rows, window);
      case EML -> new EmlRows(rows, window);
      case CSV ->
          new CsvRows(
              rows, window, FieldSeparator.ofPart(range.part()).character(), range.header());
      case TSV -> new CsvRows(rows, window, '\t', range.header());
      case AUTO, XLSX, PARQUET -> throw new IllegalStateException("no text: " + range.format());
    };
  }
}
