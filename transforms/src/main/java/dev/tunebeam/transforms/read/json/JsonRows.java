package dev.tunebeam.transforms.read.json;

import dev.tunebeam.transforms.read.input.ByteWindow;
import dev.tunebeam.transforms.read.input.RowException;
import dev.tunebeam.transforms.read.input.RowFactory;
import dev.tunebeam.transforms.read.input.Rows;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.Row;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The elements of one JSON array, which may be under a key of an object, or consecutive JSON values
 * such as a single object over several lines. The position of a row is the number of its element.
 *
 * <p>The end of an element is found by its brackets and quotes, so that one that is too large or
 * not valid text costs one row. After broken syntax nothing can be trusted: the rest of the file is
 * unreadable.
 */
public final class JsonRows implements Rows {

  private final RowFactory rows;
  private final JsonValueScanner scanner;
  private final @Nullable JsonDocument document;
  private boolean begun;
  private boolean array;
  private boolean ended;
  private long positions;
  private long line;

  /**
   * @param chosen whether the key of the array with the rows is set, not inferred
   */
  public JsonRows(RowFactory rows, ByteWindow window, boolean chosen) {
    String part = rows.range().part();
    this.rows = rows;
    this.scanner = new JsonValueScanner(window, rows.maxRowBytes());
    this.document =
        part.isEmpty() ? null : new JsonDocument(scanner, rows.decoder(), part, !chosen);
  }

  @Override
  public @Nullable Outcome<Row> next() throws IOException {
    if (ended) {
      return null;
    }
    if (!begun) {
      begun = true;
      String problem = document == null || scanner.atEnd() ? null : document.enter();
      if (problem != null) {
        return broken(problem);
      }
      array = document == null ? scanner.take('[') : !scanner.atEnd();
    }
    if (scanner.atEnd()) {
      ended = true;
      return array ? broken("the array is not closed, the file seems to be cut off") : null;
    }
    return array ? element() : value();
  }

  @Override
  public long positions() {
    return positions;
  }

  /** The line on which the last row begins, from 1. */
  public long line() {
    return line;
  }

  private @Nullable Outcome<Row> element() throws IOException {
    if (scanner.take(']')) {
      ended = true;
      String problem = document == null ? end() : document.leave();
      return problem == null ? null : broken(problem);
    }
    if (positions > 0) {
      if (!scanner.take(',')) {
        return broken("a comma or the end of the array is expected");
      }
      if (scanner.atEnd()) {
        return broken("the array is not closed, the file seems to be cut off");
      }
    }
    return value();
  }

  private @Nullable String end() throws IOException {
    return scanner.atEnd() ? null : "more text after the end of the array";
  }

  private Outcome<Row> value() throws IOException {
    JsonValueScanner.Found found = scanner.scan();
    line = scanner.line();
    if (found == JsonValueScanner.Found.NOTHING) {
      return broken("a JSON value is expected");
    }
    if (found == JsonValueScanner.Found.CUT_OFF) {
      return broken("the value that begins here does not end, the file seems to be cut off");
    }
    byte[] bytes = scanner.bytes();
    int offset = scanner.offset();
    int length = scanner.length();
    if (found == JsonValueScanner.Found.TOO_LONG) {
      return rows.tooLarge(++positions, bytes, offset, length);
    }
    String text = rows.decoder().decode(bytes, offset, length);
    if (text == null) {
      return rows.badEncoding(++positions, bytes, offset, length);
    }
    if (scanner.controlCharacter()) {
      return rows.rejected(
          ++positions,
          Reason.MALFORMED_JSON,
          "a text holds a line end or another control character that is not escaped",
          text);
    }
    return row(text);
  }

  private Outcome<Row> row(String text) {
    try {
      return rows.row(++positions, text, JsonObjectParser.parse(text));
    } catch (RowException e) {
      if (e.local()) {
        return rows.rejected(positions, e.reason(), e.problem(), text);
      }
      positions--;
      boolean firstLine = e.line() == 1;
      return broken(
          scanner.line() + e.line() - 1,
          firstLine ? scanner.column() + e.column() - 1 : e.column(),
          e.problem(),
          text);
    }
  }

  private Outcome<Row> broken(String problem) {
    return broken(scanner.line(), scanner.column(), problem, "");
  }

  private Outcome<Row> broken(long line, long column, String problem, String raw) {
    ended = true;
    return rows.unreadable(
        positions + 1,
        "broken JSON at line "
            + line
            + ", column "
            + column
            + ": "
            + problem
            + "; repair the file or leave it out, "
            + (positions == 0 ? "no row of it was read" : "only the rows before it were read"),
        raw);
  }
}
