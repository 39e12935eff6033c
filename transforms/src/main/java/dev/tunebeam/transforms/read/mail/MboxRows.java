package dev.tunebeam.transforms.read.mail;

import dev.tunebeam.transforms.read.input.ByteWindow;
import dev.tunebeam.transforms.read.input.LineReader;
import dev.tunebeam.transforms.read.input.RowException;
import dev.tunebeam.transforms.read.input.RowFactory;
import dev.tunebeam.transforms.read.input.Rows;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The mails of a mailbox: each begins after a line {@code From sender date}; the date may be
 * missing after an empty line. A file that begins with a header of a mail has no such line before
 * the first one, and is a single mail if it has none at all. Lines of a mail that look like one are
 * quoted with {@code >}, of which one is removed. The position of a row is the line on which the
 * mail begins.
 *
 * <p>Mails are split here and not by mime4j's iterator, which requires a local file, in one
 * encoding and of at most 2 GB.
 */
public final class MboxRows implements Rows {

  /** The date is required, since {@code From here on} may occur in a text. */
  private static final Pattern BEGIN =
      Pattern.compile(
          "From .*\\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\\b.*\\b\\d{1,2}:\\d{2}(:\\d{2})?\\b.*");

  /** Without a date, nothing but a sender. */
  private static final Pattern UNDATED = Pattern.compile("From (\\S+@\\S+|-|MAILER-DAEMON)\\s*");

  private static final Pattern HEADER = Pattern.compile("[!-9;-~]+:.*");

  private static final Pattern QUOTED = Pattern.compile(">+From ");

  /** Maximum length of a line that begins a mail. */
  private static final int LONGEST_BEGIN = 1000;

  private final RowFactory rows;
  private final LineReader lines;
  private final MailParser parser;
  private final ByteArrayOutputStream mail = new ByteArrayOutputStream();
  private boolean tooLarge;
  private boolean afterBlank = true;
  private long begin;
  private long positions;
  private boolean ended;

  public MboxRows(RowFactory rows, ByteWindow window) {
    this.rows = rows;
    this.lines = new LineReader(window, rows.maxRowBytes());
    this.parser = new MailParser(Charset.forName(rows.range().charset()));
  }

  @Override
  public @Nullable Outcome<Row> next() throws IOException {
    while (!ended && lines.next()) {
      positions++;
      if (beginsMail()) {
        Outcome<Row> before = begin == 0 ? null : row();
        begin = positions;
        mail.reset();
        tooLarge = false;
        if (before != null) {
          return before;
        }
      } else if (begin > 0) {
        add();
      } else if (HEADER.matcher(lineAsAscii(LONGEST_BEGIN)).matches()) {
        begin = positions;
        add();
      } else if (!lines.blank()) {
        ended = true;
        return rows.unreadable(
            positions,
            String.format(
                Locale.ROOT,
                "line %d does not begin a mail as in a mailbox, From sender date; if this is not a mailbox, name its format with --inputFormat",
                positions),
            rows.decoder().lenient(lines.bytes(), lines.offset(), Math.min(lines.length(), 1000)));
      }
    }
    ended = true;
    if (begin == 0) {
      return null;
    }
    Outcome<Row> last = row();
    begin = 0;
    return last;
  }

  @Override
  public long positions() {
    return positions;
  }

  /** Whether a line begins a mail. */
  public static boolean isBegin(String line) {
    return line.length() <= LONGEST_BEGIN && BEGIN.matcher(line).matches();
  }

  private boolean beginsMail() {
    boolean couldBe = afterBlank;
    afterBlank = lines.blank();
    if (!begins("From ", 0) || lines.length() > LONGEST_BEGIN) {
      return false;
    }
    String line = lineAsAscii(lines.length());
    return isBegin(line) || (couldBe && UNDATED.matcher(line).matches());
  }

  private void add() {
    if (tooLarge || lines.tooLong() || mail.size() + lines.length() > rows.maxRowBytes()) {
      if (!tooLarge && mail.size() < LineReader.KEPT_BYTES) {
        mail.write(lines.bytes(), lines.offset(), Math.min(lines.length(), LineReader.KEPT_BYTES));
      }
      tooLarge = true;
      return;
    }
    boolean quoted = begins(">", 0) && QUOTED.matcher(lineAsAscii(LONGEST_BEGIN)).lookingAt();
    int from = quoted ? 1 : 0;
    mail.write(lines.bytes(), lines.offset() + from, lines.length() - from);
    mail.write('\n');
  }

  private boolean begins(String text, int at) {
    if (lines.length() < at + text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (lines.bytes()[lines.offset() + at + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private String lineAsAscii(int most) {
    return new String(
        lines.bytes(), lines.offset(), Math.min(most, lines.length()), StandardCharsets.ISO_8859_1);
  }

  private Outcome<Row> row() {
    byte[] bytes = mail.toByteArray();
    String raw = rows.decoder().lenient(bytes, 0, Math.min(bytes.length, LineReader.KEPT_BYTES));
    String shown = RowFactory.shown(raw);
    if (tooLarge) {
      return rows.tooLarge(begin, shown);
    }
    try {
      Map<String, Object> fields = parser.parse(bytes);
      return rows.row(begin, shown, fields);
    } catch (RowException e) {
      return rows.rejected(begin, e.reason(), e.problem(), shown);
    }
  }
}
