package dev.tunebeam.transforms.read.mail;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.read.input.ByteWindow;
import dev.tunebeam.transforms.read.input.LineReader;
import dev.tunebeam.transforms.read.input.RowException;
import dev.tunebeam.transforms.read.input.RowFactory;
import dev.tunebeam.transforms.read.input.WholeFileRows;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.Row;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The mail of a file that holds a single one: a row with the fields of {@link MailParser}. A first
 * line {@code From sender date}, as of a mailbox, is skipped.
 */
public final class EmlRows extends WholeFileRows {

  public EmlRows(RowFactory rows, ByteWindow window) {
    super(rows, window);
  }

  @Override
  protected @Nullable Outcome<Row> row(byte[] mail, RowFactory rows) {
    if (Whitespace.isBlank(new String(mail, StandardCharsets.ISO_8859_1))) {
      return null;
    }
    String shown =
        RowFactory.shown(
            rows.decoder().lenient(mail, 0, Math.min(mail.length, LineReader.KEPT_BYTES)));
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
}
