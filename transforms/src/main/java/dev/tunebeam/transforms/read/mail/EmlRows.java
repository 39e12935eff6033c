package dev.tunebeam.transforms.read.mail;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.read.input.ByteWindow;
import dev.tunebeam.transforms.read.input.LineReader;
import dev.tunebeam.transforms.read.input.RowException;
import dev.tunebeam.transforms.read.input.RowFactory;
import dev.tunebeam.transforms.read.input.Rows;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.Row;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The mail of a file that holds a single one: a row with the fields of {@link MailParser}, none if
 * the file is blank. A first line {@code From sender date}, as of a mailbox, is skipped. Holds the
 * mail, at most {@code maxRowBytes}, several times.
 */
public final class EmlRows implements Rows {

  private final RowFactory rows;
  private final ByteWindow window;
  private boolean ended;

  public EmlRows(RowFactory rows, ByteWindow window) {
    this.rows = rows;
    this.window = window;
  }

  @Override
  public @Nullable Outcome<Row> next() throws IOException {
    if (ended) {
      return null;
    }
    ended = true;
    int length = window.lengthUpTo(rows.maxRowBytes() + 1);
    byte[] mail = Arrays.copyOfRange(window.bytes(), window.start(), window.start() + length);
    if (Whitespace.isBlank(new String(mail, StandardCharsets.ISO_8859_1))) {
      return null;
    }
    String shown =
        RowFactory.shown(rows.decoder().lenient(mail, 0, Math.min(length, LineReader.KEPT_BYTES)));
    if (length > rows.maxRowBytes()) {
      return rows.tooLarge(1, shown);
    }
    try {
      MailParser parser = new MailParser(Charset.forName(rows.range().charset()));
      return rows.row(1, shown, parser.parse(withoutBegin(mail)));
    } catch (RowException e) {
      return rows.rejected(1, e.reason(), e.problem(), shown);
    }
  }

  private static byte[] withoutBegin(byte[] mail) {
    String text = new String(mail, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\n');
    return end >= 0 && MboxRows.isBegin(Whitespace.strip(text.substring(0, end)))
        ? Arrays.copyOfRange(mail, end + 1, mail.length)
        : mail;
  }

  @Override
  public long positions() {
    return ended ? 1 : 0;
  }
}
