package dev.tunebeam.dataset.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Text for a terminal, where a CJK character is two columns wide. */
public final class TerminalText {

  private static final String CUT = "…";

  /** The wide ranges of Markus Kuhn's wcwidth, and emoji: first and last code point. */
  private static final int[][] WIDE = {
    {0x1100, 0x115F},
    {0x2E80, 0x303E},
    {0x3041, 0x4DBF},
    {0x4E00, 0xA4CF},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},
    {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F},
    {0x1F680, 0x1F6FF},
    {0x1F900, 0x1F9FF},
    {0x20000, 0x3FFFD}
  };

  private TerminalText() {}

  /** The width of a text in columns. */
  public static int width(String text) {
    return text.codePoints().map(TerminalText::width).sum();
  }

  /** The text padded with spaces; longer texts are unchanged. */
  public static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - width(text)));
  }

  /** The text, truncated to the width with an ellipsis. */
  public static String cut(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    int columns = width(CUT);
    for (int codePoint : text.codePoints().toArray()) {
      columns += width(codePoint);
      if (columns > width) {
        break;
      }
      kept.appendCodePoint(codePoint);
    }
    return kept + CUT;
  }

  /**
   * The text on one line with escaped control characters: data must not break a table or send
   * terminal sequences.
   */
  public static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                  if (isInvisible(c)) {
                    line.append(String.format(Locale.ROOT, "\\u%04x", c));
                  } else {
                    line.appendCodePoint(c);
                  }
                }
              }
            });
    return line.toString();
  }

  /** The text with escaped control characters, except line breaks. */
  public static String printable(String text) {
    return text.lines().map(TerminalText::oneLine).collect(Collectors.joining("\n"));
  }

  /**
   * Wraps a text at the width; a longer word gets its own line.
   *
   * @param first the indent of the first line
   * @param rest the indent of the other lines
   */
  public static List<String> wrapped(String text, int width, String first, String rest) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(first);
    boolean empty = true;
    for (String word : oneLine(text).split(" ", -1)) {
      if (!empty && width(line.toString()) + 1 + width(word) > width) {
        lines.add(line.toString());
        line = new StringBuilder(rest);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    lines.add(line.toString());
    return lines;
  }

  private static int width(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    for (int[] range : WIDE) {
      if (codePoint >= range[0] && codePoint <= range[1]) {
        return 2;
      }
    }
    return 1;
  }

  /** Control characters, and marks that change the text direction. */
  private static boolean isInvisible(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE
        || (codePoint >= 0x202A && codePoint <= 0x202E)
        || (codePoint >= 0x2066 && codePoint <= 0x2069);
  }
}
