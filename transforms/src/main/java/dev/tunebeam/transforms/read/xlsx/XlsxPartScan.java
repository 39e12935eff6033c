package dev.tunebeam.transforms.read.xlsx;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Scans the XML of one part of a workbook, byte by byte, and measures what a parser would hold in
 * memory: a text or a tag, a row, the shared strings, the parts that are kept whole. Knows only
 * tags, comments and CDATA. Parts that do not begin as XML are ignored, since they are not parsed.
 */
final class XlsxPartScan {

  /** Longest tag, text or comment, 1 MiB; a cell holds up to 32,767 characters. */
  static final int LONGEST_RUN = 1 << 20;

  /** Longest row, 64 MiB. */
  static final long LONGEST_ROW = 64L << 20;

  /** Maximum size of the shared strings, 256 MiB of XML. */
  static final long MOST_SHARED_TEXTS = 256L << 20;

  /** Maximum size of a list of sheets, styles or links, 16 MiB. */
  static final long LARGEST_LIST = 16L << 20;

  /** Enough of a tag for its name and the address of a cell. */
  private static final int KEPT = 256;

  private static final int MOST_COLUMN_LETTERS = 3;

  private enum State {
    BEFORE,
    TEXT,
    TAG,
    COMMENT,
    CDATA,
    NO_XML
  }

  private final String part;
  private final byte[] tag = new byte[KEPT];
  private State state = State.BEFORE;
  private String root = "";
  private long bytes;
  private long rowStart;
  private int run;
  private int kept;
  private int last;

  /**
   * @param part its name, for messages
   */
  XlsxPartScan(String part) {
    this.part = part;
  }

  /** Scans the next bytes of the part. */
  void scan(byte[] buffer, int count) throws UnsafeWorkbookException {
    for (int i = 0; i < count && state != State.NO_XML; i++) {
      bytes++;
      step(buffer[i]);
    }
    limit(root.equals("sst"), bytes, MOST_SHARED_TEXTS, "shared texts");
    boolean list =
        switch (root) {
          case "workbook", "styleSheet", "Relationships", "Types" -> true;
          default -> false;
        };
    limit(list, bytes, LARGEST_LIST, "sheets, styles or links");
    limit(root.equals("worksheet"), bytes - rowStart, LONGEST_ROW, "a single row");
  }

  private void limit(boolean applies, long size, long most, String what)
      throws UnsafeWorkbookException {
    if (applies && size > most) {
      throw new UnsafeWorkbookException(
          String.format(
              Locale.ROOT, "its part %s has more than %,d bytes of %s", part, most, what));
    }
  }

  private void step(byte b) throws UnsafeWorkbookException {
    run++;
    if (run > LONGEST_RUN) {
      throw new UnsafeWorkbookException(
          String.format(
              Locale.ROOT,
              "its part %s has a text or a tag longer than %,d bytes",
              part,
              LONGEST_RUN));
    }
    switch (state) {
      case BEFORE -> before(b);
      case TEXT -> {
        if (b == '<') {
          begin(State.TAG);
        }
      }
      case TAG -> inTag(b);
      case COMMENT -> endAt(b, '-');
      case CDATA -> endAt(b, ']');
      case NO_XML -> {}
    }
  }

  private void before(byte b) {
    boolean mark = b == (byte) 0xEF || b == (byte) 0xBB || b == (byte) 0xBF;
    if (b == '<') {
      begin(State.TAG);
    } else if (!mark && b != ' ' && b != '\n' && b != '\r' && b != '\t') {
      state = State.NO_XML;
    }
  }

  private void begin(State next) {
    state = next;
    run = 0;
    kept = 0;
    last = 0;
  }

  private void inTag(byte b) throws UnsafeWorkbookException {
    if (kept < KEPT) {
      tag[kept++] = b;
      if (b == 0) {
        throw new UnsafeWorkbookException("its part " + part + " is not UTF-8");
      }
      if (kept == 3 && tag[0] == '!' && tag[1] == '-') {
        begin(State.COMMENT);
        return;
      }
      if (kept == 8 && tag[0] == '!' && tag[1] == '[') {
        begin(State.CDATA);
        return;
      }
      if (kept == 3 && tag[0] == '!' && tag[1] != '[') {
        throw new UnsafeWorkbookException(
            "its part %s has a document type, which could name other files".formatted(part));
      }
    }
    if (b == '>') {
      ended(new String(tag, 0, kept - 1, StandardCharsets.ISO_8859_1));
      begin(State.TEXT);
    }
  }

  /**
   * A comment ends with two dashes and an angle bracket, CDATA with two square brackets and one.
   */
  private void endAt(byte b, char mark) {
    if (b == '>' && last >= 2) {
      begin(State.TEXT);
    } else {
      last = b == mark ? last + 1 : 0;
    }
  }

  private void ended(String text) throws UnsafeWorkbookException {
    if (text.startsWith("?")) {
      return;
    }
    int from = text.startsWith("/") ? 1 : 0;
    int end = from;
    while (end < text.length() && " \t\r\n/".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String name = text.substring(from, end);
    name = name.substring(name.indexOf(':') + 1);
    if (root.isEmpty()) {
      root = name;
    }
    if (name.equals("row")) {
      rowStart = bytes;
    } else if (name.equals("c") && from == 0 && root.equals("worksheet")) {
      checkAddress(text.substring(end));
    }
  }

  /** A cell far to the right makes the library fill the row with empty cells up to it. */
  private void checkAddress(String attributes) throws UnsafeWorkbookException {
    int at = attributes.indexOf(" r=");
    if (at < 0) {
      return;
    }
    int letters = 0;
    for (int i = at + 4; i < attributes.length(); i++) {
      char c = attributes.charAt(i);
      if (c >= '0' && c <= '9') {
        break;
      }
      letters += c == '$' ? 0 : 1;
      if (letters > MOST_COLUMN_LETTERS || c > 'z') {
        throw new UnsafeWorkbookException(
            "its part %s has a cell far beyond the last column, XFD".formatted(part));
      }
    }
  }
}
