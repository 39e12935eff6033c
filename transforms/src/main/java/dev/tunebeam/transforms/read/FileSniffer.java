package dev.tunebeam.transforms.read;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.read.input.ByteOrderMark;
import dev.tunebeam.transforms.read.input.Compression;
import dev.tunebeam.transforms.read.input.FieldSeparator;
import dev.tunebeam.transforms.read.input.InputFile;
import dev.tunebeam.transforms.read.input.InputFormat;
import dev.tunebeam.transforms.read.input.RangeStream;
import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.read.input.UnusableInputException;
import dev.tunebeam.transforms.read.json.JsonRowsKey;
import dev.tunebeam.transforms.read.xlsx.Workbook;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;

/** Detects what the name of a file leaves open, from its first bytes. */
final class FileSniffer {

  /** Maximum text to look at, 1 MiB, and only if the name is not sufficient. */
  static final int HEAD_BYTES = 1 << 20;

  /** Enough for the names of the first entries of a zip archive, 64 KiB. */
  private static final int MAGIC_BYTES = 1 << 16;

  private final ReadOptions options;

  FileSniffer(ReadOptions options) {
    this.options = options;
  }

  /**
   * Determines compression, character encoding, format and which part of the file contains the
   * rows. Corrupt data is not an error here: the reader reports it.
   *
   * @param path of the file, for its extensions and for messages
   * @param size in bytes
   * @param seekable whether reading from the middle is cheap
   * @param stored the file's bytes from the start
   * @throws IOException if reading {@code stored} fails
   * @throws UnusableInputException if the format cannot be detected or contradicts the name, or it
   *     is ambiguous which part contains the rows
   */
  InputFile sniff(String path, long size, boolean seekable, InputStream stored) throws IOException {
    boolean isSet = options.format() != InputFormat.AUTO;
    InputFormat named = isSet ? options.format() : FileNames.format(path);
    BufferedInputStream in = new BufferedInputStream(stored, 1 << 16);
    Compression compression = FileNames.compression(path);
    if (compression == Compression.NONE) {
      compression = byMagic(in);
    }
    byte[] head =
        head(in, compression, looksAtText(named) || hasCharset(named) ? HEAD_BYTES : MAGIC_BYTES);
    if (compression != Compression.NONE
        && Compression.byMagic(head, head.length) != Compression.NONE) {
      throw new UnusableInputException(path + ": this is compressed twice; unpack it once");
    }
    Magic magic = Magic.of(head);
    InputFormat format = isSet || magic == null ? named : magic.format(path, named);
    if (format.isBinary()) {
      return binary(path, size, seekable, format, compression);
    }
    String marked = ByteOrderMark.charset(head);
    String known = marked == null ? options.charset() : marked;
    String charset =
        known != null ? known : hasCharset(format) ? CharsetGuess.of(head) : CharsetGuess.UTF_8;
    String all = new String(head, Charset.forName(charset)).replace("\uFEFF", "");
    String text = Whitespace.stripLeading(all);
    if (looksAtText(format)) {
      format = new TextFormat(options).of(text, format, path);
    }
    boolean table = format == InputFormat.CSV || format == InputFormat.TSV;
    int set = options.changes().headerRow();
    int header = set != 0 || !table ? set : HeaderGuess.ofLines(all);
    Part part =
        switch (format) {
          case JSON -> rows(text, path, compression, head.length < HEAD_BYTES ? null : charset);
          case CSV -> fields(HeaderGuess.from(header, all));
          case TXT ->
              ReadOptions.WHOLE_FILE.equals(options.rows())
                  ? new Part(ReadOptions.WHOLE_FILE, "")
                  : Part.ALL;
          default -> Part.ALL;
        };
    boolean guessed = known == null && hasCharset(format) && !charset.equals(CharsetGuess.UTF_8);
    return new InputFile(
        path,
        size,
        format,
        compression,
        known != null || guessed ? charset : CharsetGuess.UTF_8,
        seekable,
        part.name(),
        header,
        part.why(),
        guessed);
  }

  /** Mails name their own, and binary formats have none. */
  private static boolean hasCharset(InputFormat format) {
    return !format.isBinary() && !format.isMail();
  }

  private static boolean looksAtText(InputFormat format) {
    return format == InputFormat.AUTO || format == InputFormat.JSON || format == InputFormat.TXT;
  }

  /** The part of a file that contains its rows, and the reason if it was inferred. */
  private record Part(String name, String why) {
    static final Part ALL = new Part("", "");
  }

  private InputFile binary(
      String path, long size, boolean seekable, InputFormat format, Compression compression) {
    String kind = format.name().toLowerCase(Locale.ROOT);
    if (compression != Compression.NONE) {
      throw new UnusableInputException(
          "%s: a file of the format %s can only be read when it is not compressed as a whole; unpack it"
              .formatted(path, kind));
    }
    Part part = Part.ALL;
    int header = 0;
    if (format == InputFormat.XLSX) {
      try (Workbook workbook = Workbook.open(path)) {
        part = sheet(workbook, path);
        int set = options.changes().headerRow();
        header = set != 0 ? set : HeaderGuess.ofSheet(workbook, part.name());
      } catch (IOException e) {
        // The reader will fail too, and report it.
        String named = options.sheet();
        part = new Part(named == null ? "" : named, "");
      }
    }
    return new InputFile(
        path,
        size,
        format,
        compression,
        CharsetGuess.UTF_8,
        seekable,
        part.name(),
        header,
        part.why(),
        false);
  }

  private Part sheet(Workbook workbook, String path) {
    String named = options.sheet();
    Sheet sheet = workbook.choose(path, named);
    List<Sheet> sheets = workbook.sheets();
    String why =
        named != null || sheets.size() == 1
            ? ""
            : String.format(
                Locale.ROOT,
                "the first that is not hidden of %d sheets, %s",
                sheets.size(),
                Workbook.names(sheets));
    return new Part(sheet.getName(), why);
  }

  private Part fields(String text) {
    @Nullable FieldSeparator set = options.fieldSeparator();
    if (set != null) {
      return new Part(set.toString(), "");
    }
    FieldSeparator found = FieldSeparator.of(text);
    return found == FieldSeparator.COMMA ? Part.ALL : new Part(found.toString(), "by the header");
  }

  /**
   * @param more the encoding of a file of which {@code text} is only the beginning, else null
   */
  private Part rows(String text, String path, Compression compression, @Nullable String more)
      throws IOException {
    String named = options.rows();
    if (named != null) {
      return named.equals(ReadOptions.WHOLE_FILE) ? Part.ALL : new Part(named, "");
    }
    JsonRowsKey found = JsonRowsKey.find(text);
    if (!found.isDocument()) {
      return Part.ALL;
    }
    if (more != null && found.paths().size() == 1 && NamedSplits.isName(found.paths().get(0))) {
      try (Reader all =
          new InputStreamReader(
              compression.decompress(RangeStream.open(path, 0)), Charset.forName(more))) {
        found = JsonRowsKey.find(all);
      }
    }
    if (found.paths().size() > 1) {
      throw new SeveralArraysException(path, found.paths());
    }
    String only = found.paths().get(0);
    return new Part(only, "the only array of objects");
  }

  private static Compression byMagic(BufferedInputStream in) throws IOException {
    in.mark(4);
    byte[] head = new byte[4];
    int length = in.readNBytes(head, 0, head.length);
    in.reset();
    return Compression.byMagic(head, length);
  }

  private static byte[] head(InputStream in, Compression compression, int limit) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    try {
      InputStream text = compression.decompress(in);
      byte[] buffer = new byte[Math.min(limit, 1 << 16)];
      while (head.size() < limit) {
        int count = text.read(buffer, 0, Math.min(buffer.length, limit - head.size()));
        if (count < 0) {
          break;
        }
        head.write(buffer, 0, count);
      }
    } catch (IOException e) {
      // The data up to the error must suffice; the reader reports it.
      return head.toByteArray();
    }
    return head.toByteArray();
  }
}
