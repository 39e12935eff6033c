package dev.tunebeam.transforms.read;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Looks into the beginning of a file to decide what its name leaves open. */
final class FileSniffer {

  /** At most this much text is looked at, 1 MiB, and only where the name does not say it all. */
  private static final int HEAD_BYTES = 1 << 20;

  private final ReadOptions options;

  FileSniffer(ReadOptions options) {
    this.options = options;
  }

  /**
   * Decides compression, charset and format. Broken compression is no error here: it is the reader
   * that reports it.
   *
   * @param path of the file, for its extensions and for messages
   * @param size in bytes
   * @param seekable whether reading from the middle is cheap
   * @param stored the file's bytes from the start; closed here
   * @throws IOException if reading {@code stored} fails
   * @throws UnusableInputException if the format cannot be told
   */
  InputFile sniff(String path, long size, boolean seekable, InputStream stored) throws IOException {
    InputFormat format =
        options.format() == InputFormat.AUTO ? FileNames.format(path) : options.format();
    try (BufferedInputStream in = new BufferedInputStream(stored, 1 << 16)) {
      Compression compression = FileNames.compression(path);
      if (compression == Compression.NONE) {
        compression = byMagic(in);
      }
      boolean look = format == InputFormat.AUTO || format == InputFormat.JSON;
      byte[] head = head(in, compression, look ? HEAD_BYTES : 4);
      String marked = ByteOrderMark.charset(head);
      String charset = marked == null ? options.charset() : marked;
      if (look) {
        format =
            byContent(
                new String(head, Charset.forName(charset)).replace("\uFEFF", ""), format, path);
      }
      return new InputFile(path, size, format, compression, charset, seekable);
    }
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
      // What came before the break has to do; the reader meets it again and says so.
      return head.toByteArray();
    }
    return head.toByteArray();
  }

  private static InputFormat byContent(String head, InputFormat format, String path) {
    String text = head.stripLeading();
    if (text.isEmpty()) {
      return format == InputFormat.AUTO ? InputFormat.JSONL : format;
    }
    if (text.charAt(0) == '[') {
      return InputFormat.JSON;
    }
    if (text.charAt(0) == '{') {
      return hasAnObjectALine(text) ? InputFormat.JSONL : InputFormat.JSON;
    }
    if (format == InputFormat.AUTO) {
      throw new UnusableInputException(
          path
              + ": the format cannot be told from its name or its first character; name it with"
              + " --inputFormat, one of csv, tsv, json, jsonl");
    }
    return format;
  }

  /** Whether the first line is a whole object, or at least the next one begins with another. */
  private static boolean hasAnObjectALine(String text) {
    int lineEnd = text.indexOf('\n');
    String first = (lineEnd < 0 ? text : text.substring(0, lineEnd)).strip();
    boolean nextBegins = lineEnd >= 0 && text.substring(lineEnd).stripLeading().startsWith("{");
    return nextBegins || isOneObject(first);
  }

  private static boolean isOneObject(String line) {
    ByteWindow window =
        new ByteWindow(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)), 0);
    JsonValueScanner scanner = new JsonValueScanner(window, HEAD_BYTES * 4);
    try {
      return scanner.scan() == JsonValueScanner.Found.VALUE && scanner.atEnd();
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }
}
