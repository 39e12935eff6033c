package dev.tunebeam.transforms.read;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.read.input.ByteWindow;
import dev.tunebeam.transforms.read.input.InputFormat;
import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.read.input.RowException;
import dev.tunebeam.transforms.read.input.UnusableInputException;
import dev.tunebeam.transforms.read.json.JsonObjectParser;
import dev.tunebeam.transforms.read.json.JsonRowsKey;
import dev.tunebeam.transforms.read.json.JsonValueScanner;
import dev.tunebeam.transforms.read.mail.MboxRows;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Detects the format of a text file from its beginning, if its name is not sufficient.
 *
 * @param options the format and rows that are set
 */
record TextFormat(ReadOptions options) {

  /** Upper bound of the text that is looked at. */
  private static final int LONGEST = FileSniffer.HEAD_BYTES * 4;

  private static final int LINES = 30;

  private static final int FEWEST_LINES = 3;

  /** The headers of a mail, from its first byte. */
  private static final Pattern MAIL =
      Pattern.compile("(?i)([A-Z][A-Z-]*+:.*+\\R([ \\t].*+\\R)*+){0,30}?(Subject|Date):.*+\\R");

  /**
   * The format of a file.
   *
   * @param text its beginning, without leading whitespace and byte order mark
   * @param format by its name, or {@link InputFormat#AUTO}
   * @param path for messages
   * @throws UnusableInputException if it cannot be detected
   */
  InputFormat of(String text, InputFormat format, String path) {
    if (text.isEmpty()) {
      return format == InputFormat.AUTO ? InputFormat.JSONL : format;
    }
    boolean array = text.charAt(0) == '[';
    if (format == InputFormat.TXT) {
      return textOrJson(text, array);
    }
    if (array) {
      return InputFormat.JSON;
    }
    if (text.charAt(0) == '{') {
      String rows = options.rows();
      boolean document =
          rows == null ? JsonRowsKey.find(text).isDocument() : !rows.equals(ReadOptions.WHOLE_FILE);
      return hasAnObjectALine(text) && !document ? InputFormat.JSONL : InputFormat.JSON;
    }
    if (format == InputFormat.AUTO && MboxRows.isBegin(firstLine(text))) {
      return InputFormat.MBOX;
    }
    if (format == InputFormat.AUTO && MAIL.matcher(text).lookingAt()) {
      return InputFormat.EML;
    }
    if (format == InputFormat.AUTO && isTabSeparated(text)) {
      return InputFormat.TSV;
    }
    if (format == InputFormat.AUTO) {
      throw new UnusableInputException(
          path
              + ": the format cannot be inferred from its name or its first character; name it with"
              + " --inputFormat, one of "
              + Arrays.stream(InputFormat.values())
                  .filter(known -> known != InputFormat.AUTO)
                  .map(known -> known.name().toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(", ")));
    }
    return format;
  }

  /** For a .txt file: JSON if it contains JSON instead of plain text. */
  private InputFormat textOrJson(String text, boolean array) {
    if (options.format() == InputFormat.TXT || ReadOptions.WHOLE_FILE.equals(options.rows())) {
      return InputFormat.TXT;
    }
    if (array && Whitespace.stripLeading(text.substring(1)).startsWith("{")) {
      return InputFormat.JSON;
    }
    return text.charAt(0) == '{' && isSoundObject(firstLine(text))
        ? InputFormat.JSONL
        : isTabSeparated(text) ? InputFormat.TSV : InputFormat.TXT;
  }

  /** Whether the first lines have tabs, all as many. */
  private static boolean isTabSeparated(String text) {
    List<Long> tabs =
        text.lines()
            .limit(LINES)
            .filter(line -> !Whitespace.isBlank(line))
            .map(line -> line.chars().filter(c -> c == '\t').count())
            .toList();
    return tabs.size() >= FEWEST_LINES && tabs.get(0) > 0 && Set.copyOf(tabs).size() == 1;
  }

  private static boolean isSoundObject(String line) {
    try {
      JsonObjectParser.parse(line);
      return true;
    } catch (RowException e) {
      return false;
    }
  }

  /** Whether the first line is a complete object, or the next one begins with another. */
  private static boolean hasAnObjectALine(String text) {
    int lineEnd = text.indexOf('\n');
    boolean nextBegins =
        lineEnd >= 0 && Whitespace.stripLeading(text.substring(lineEnd)).startsWith("{");
    return nextBegins || isOneObject(firstLine(text));
  }

  private static String firstLine(String text) {
    int lineEnd = text.indexOf('\n');
    return Whitespace.strip(lineEnd < 0 ? text : text.substring(0, lineEnd));
  }

  private static boolean isOneObject(String line) {
    ByteWindow window =
        new ByteWindow(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)), 0);
    JsonValueScanner scanner = new JsonValueScanner(window, LONGEST);
    try {
      return scanner.scan() == JsonValueScanner.Found.VALUE && scanner.atEnd();
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }
}
