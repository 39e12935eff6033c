package dev.tunebeam.transforms.read.input;

import dev.tunebeam.dataset.Whitespace;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The field separator of a CSV file. */
public enum FieldSeparator {
  COMMA(','),
  SEMICOLON(';'),
  TAB('\t'),
  PIPE('|');

  /** The declaration of spreadsheet programs, on a line before the header. */
  private static final Pattern SAID = Pattern.compile("(?i)sep=([,;\t|])");

  private static final Map<Character, FieldSeparator> BY_CHARACTER =
      Map.of(',', COMMA, ';', SEMICOLON, '\t', TAB, '|', PIPE);

  private final char character;

  FieldSeparator(char character) {
    this.character = character;
  }

  /** The separator by {@link InputFile#part}; an empty one means commas. */
  public static FieldSeparator ofPart(String part) {
    return part.isEmpty() ? COMMA : valueOf(part.toUpperCase(Locale.ROOT));
  }

  /** The name in recipes, in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  public char character() {
    return character;
  }

  /** Whether a line declares the separator instead of being the header. */
  public static boolean isSaidBy(String line) {
    return SAID.matcher(Whitespace.strip(line)).matches();
  }

  /**
   * The declared separator, or the one that splits the header into most fields; comma on a tie or
   * if there is none.
   *
   * @param text the beginning of a file; quoted text does not count
   */
  public static FieldSeparator of(String text) {
    int lineEnd = text.indexOf('\n');
    Matcher said = SAID.matcher(Whitespace.strip(lineEnd < 0 ? text : text.substring(0, lineEnd)));
    if (said.matches()) {
      return BY_CHARACTER.getOrDefault(said.group(1).charAt(0), COMMA);
    }
    int[] counts = new int[values().length];
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      quoted ^= character == '"';
      if (!quoted && character == '\n') {
        break;
      }
      FieldSeparator separator = quoted ? null : BY_CHARACTER.get(character);
      if (separator != null) {
        counts[separator.ordinal()]++;
      }
    }
    FieldSeparator most = COMMA;
    for (FieldSeparator separator : values()) {
      most = counts[separator.ordinal()] > counts[most.ordinal()] ? separator : most;
    }
    return most;
  }
}
