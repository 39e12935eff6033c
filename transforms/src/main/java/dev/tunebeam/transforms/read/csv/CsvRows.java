package dev.tunebeam.transforms.read.csv;

import dev.tunebeam.transforms.read.input.ByteWindow;
import dev.tunebeam.transforms.read.input.FieldSeparator;
import dev.tunebeam.transforms.read.input.RowException;
import dev.tunebeam.transforms.read.input.RowFactory;
import dev.tunebeam.transforms.read.input.Rows;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.Row;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The records of a CSV or TSV file, with the first one, or the one on a given line, as header row.
 * Every value is a string, unchanged. The position of a row is the line on which it begins; lines
 * that are empty or contain only spaces are skipped.
 */
public final class CsvRows implements Rows {

  private final RowFactory rows;
  private final CsvRecordScanner scanner;
  private final int headerRow;
  private @Nullable CsvHeader header;
  private boolean ended;

  /**
   * @param headerRow the line with the column names; 0 for the first that is not blank, below 0 for
   *     none
   */
  public CsvRows(RowFactory rows, ByteWindow window, char delimiter, int headerRow) {
    this.rows = rows;
    this.headerRow = headerRow;
    this.scanner = new CsvRecordScanner(window, rows.maxRowBytes(), delimiter);
  }

  @Override
  public @Nullable Outcome<Row> next() throws IOException {
    while (!ended) {
      CsvRecordScanner.Found found = scanner.next();
      if (found == CsvRecordScanner.Found.END) {
        break;
      }
      if (found == CsvRecordScanner.Found.RECORD && blank()) {
        continue;
      }
      CsvHeader names = header;
      if (names != null) {
        return row(found, names);
      }
      if (scanner.begin() < headerRow || (scanner.begin() == 1 && saysSeparator())) {
        continue;
      }
      Outcome<Row> broken = readHeader(found);
      if (broken != null) {
        ended = true;
        return broken;
      }
      if (headerRow < 0) {
        return row(found, Objects.requireNonNull(header));
      }
    }
    ended = true;
    return null;
  }

  @Override
  public long positions() {
    return scanner.lines();
  }

  private Outcome<Row> row(CsvRecordScanner.Found found, CsvHeader names) {
    long position = scanner.begin();
    byte[] bytes = scanner.bytes();
    int offset = scanner.offset();
    int length = scanner.length();
    if (found == CsvRecordScanner.Found.TOO_LONG) {
      return rows.tooLarge(position, bytes, offset, length);
    }
    String text = rows.decoder().decode(bytes, offset, length);
    if (text == null) {
      return rows.badEncoding(position, bytes, offset, length);
    }
    if (found != CsvRecordScanner.Found.RECORD) {
      return rows.rejected(position, Reason.MALFORMED_CSV, problem(found), text);
    }
    String[] values = scanner.values(rows.decoder());
    if (values.length != names.size()) {
      return rows.rejected(
          position,
          Reason.RAGGED_ROW,
          "the header has "
              + fields(names.size())
              + ", this row has "
              + values.length
              + "; quote a value that holds a delimiter or a line end",
          text);
    }
    if (names.isRepeatedBy(values)) {
      return rows.rejected(
          position, Reason.MALFORMED_CSV, "the row repeats the header; take it out", text);
    }
    Map<String, Object> fields = new LinkedHashMap<>(values.length * 2);
    for (int i = 0; i < values.length; i++) {
      fields.put(names.name(i), values[i]);
    }
    return rows.row(position, text, fields);
  }

  private @Nullable Outcome<Row> readHeader(CsvRecordScanner.Found found) {
    byte[] bytes = scanner.bytes();
    int offset = scanner.offset();
    int length = scanner.length();
    String shown = rows.decoder().lenient(bytes, offset, length);
    String problem;
    if (found == CsvRecordScanner.Found.TOO_LONG) {
      problem = "it is longer than maxRowBytes, " + rows.maxRowBytes() + " bytes";
    } else if (rows.decoder().decode(bytes, offset, length) == null) {
      problem = rows.decoder().problem(bytes, offset, length);
    } else if (found != CsvRecordScanner.Found.RECORD) {
      problem = problem(found);
    } else {
      try {
        String[] values = scanner.values(rows.decoder());
        header = headerRow < 0 ? CsvHeader.ofNumbers(values.length) : new CsvHeader(values);
        return null;
      } catch (RowException e) {
        problem = e.problem();
      }
    }
    return rows.unreadable(
        scanner.begin(),
        "the header on line " + scanner.begin() + " cannot be used: " + problem,
        shown);
  }

  private static String problem(CsvRecordScanner.Found found) {
    return switch (found) {
      case NEVER_CLOSED ->
          "a quote opens a field on this line and does not close; write a quote within a field"
              + " twice, in quotes";
      case TEXT_AFTER_QUOTE ->
          "a quoted field that begins on this line is followed by other text; write a quote within"
              + " a field twice";
      case CARRIAGE_RETURN ->
          "a carriage return is outside quotes; end lines with \\n or \\r\\n, or quote the"
              + " value";
      case RECORD, TOO_LONG, END -> throw new IllegalArgumentException("no problem: " + found);
    };
  }

  private static String fields(int count) {
    return count == 1 ? "1 field" : count + " fields";
  }

  private boolean saysSeparator() {
    return FieldSeparator.isSaidBy(
        rows.decoder().lenient(scanner.bytes(), scanner.offset(), scanner.length()));
  }

  private boolean blank() {
    for (int i = scanner.offset(); i < scanner.offset() + scanner.length(); i++) {
      if (scanner.bytes()[i] != ' ') {
        return false;
      }
    }
    return true;
  }
}
