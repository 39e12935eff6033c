package dev.tunebeam.transforms.read.csv;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one record. A single commons-csv parser reads all of them, one after the other: a
 * parser for each would cost more than the parsing.
 */
final class CsvRecordParser {

  private final CSVFormat format;
  private @Nullable Feed feed;
  private @Nullable Iterator<CSVRecord> records;

  CsvRecordParser(char delimiter) {
    this.format =
        CSVFormat.Builder.create()
            .setDelimiter(delimiter)
            .setQuote('"')
            .setIgnoreEmptyLines(false)
            .get();
  }

  /** The values of the record that {@code text}, without a line end, is; null if it is none. */
  String @Nullable [] parse(String text) {
    try {
      if (records == null || feed == null) {
        feed = new Feed();
        records = CSVParser.parse(feed, format).iterator();
      }
      feed.offer(text);
      if (records.hasNext()) {
        String[] values = records.next().values();
        if (feed.taken()) {
          return values;
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // What the parser makes of the rest is not to be trusted: the next record gets a new one.
    }
    feed = null;
    records = null;
    return null;
  }

  /** Gives the text of one record and its line end, and nothing after it. */
  private static final class Feed extends Reader {

    private String text = "";
    private int at;

    void offer(String next) {
      text = next;
      at = 0;
    }

    boolean taken() {
      return at > text.length();
    }

    @Override
    public int read(char[] target, int offset, int length) {
      if (taken()) {
        return -1;
      }
      int count = Math.min(length, text.length() - at);
      text.getChars(at, at + count, target, offset);
      at += count;
      if (count < length) {
        target[offset + count] = '\n';
        count++;
        at++;
      }
      return count;
    }

    @Override
    public void close() {
      // Nothing to close.
    }
  }
}
