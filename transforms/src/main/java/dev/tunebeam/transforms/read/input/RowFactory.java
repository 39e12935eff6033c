package dev.tunebeam.transforms.read.input;

import dev.tunebeam.transforms.json.JsonText;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.row.Row;
import dev.tunebeam.transforms.row.Source;
import dev.tunebeam.transforms.row.Step;
import java.util.Map;

/** Creates the outcomes of one range: rows and rejections with their positions. */
public final class RowFactory {

  private final InputRange range;
  private final int maxRowBytes;
  private final RowDecoder decoder;

  public RowFactory(InputRange range, int maxRowBytes) {
    this.range = range;
    this.maxRowBytes = maxRowBytes;
    this.decoder = new RowDecoder(range.charset());
  }

  public InputRange range() {
    return range;
  }

  public int maxRowBytes() {
    return maxRowBytes;
  }

  public RowDecoder decoder() {
    return decoder;
  }

  public Outcome<Row> row(long position, String raw, Map<String, Object> fields) {
    return Outcome.of(new Row(source(position), raw, fields));
  }

  /** A row of a binary file; its raw text is JSON, truncated as for a rejected row. */
  public Outcome<Row> record(long position, Map<String, Object> fields) {
    return row(position, shown(JsonText.of(fields)), fields);
  }

  /** The text, truncated as for a rejected row. */
  public static String shown(String raw) {
    int end = Math.min(raw.length(), Rejected.MAX_RAW_CHARS);
    boolean within = end < raw.length() && Character.isHighSurrogate(raw.charAt(end - 1));
    return raw.substring(0, within ? end - 1 : end);
  }

  public Outcome<Row> rejected(long position, Reason reason, String message, String raw) {
    return Outcome.rejected(new Rejected(source(position), Step.READ, reason, message, raw));
  }

  public Outcome<Row> badEncoding(long position, byte[] bytes, int offset, int length) {
    return rejected(
        position,
        Reason.BAD_ENCODING,
        decoder.problem(bytes, offset, length),
        decoder.lenient(bytes, offset, length));
  }

  /** For rows whose text is not available as bytes. */
  public Outcome<Row> tooLarge(long position, String begin) {
    return rejected(
        position,
        Reason.ROW_TOO_LARGE,
        "the row is longer than maxRowBytes, " + maxRowBytes + " bytes",
        begin);
  }

  /** Needs only the beginning of the row. */
  public Outcome<Row> tooLarge(long position, byte[] bytes, int offset, int length) {
    return tooLarge(
        position, decoder.lenient(bytes, offset, Math.min(length, LineReader.KEPT_BYTES)));
  }

  /** Rejects the rest of the file, whose rows are unknown. */
  public Outcome<Row> unreadable(long position, String problem, String raw) {
    return rejected(position, Reason.UNREADABLE_FILE, range.path() + ": " + problem, raw);
  }

  private Source source(long position) {
    return new Source(range.file(), range.range(), Math.toIntExact(position));
  }
}
