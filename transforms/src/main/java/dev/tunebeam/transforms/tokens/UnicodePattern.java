package dev.tunebeam.transforms.tokens;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Translates a pre-tokenizer's regular expression, written for Oniguruma, to one of Java. It is to
 * be matched with {@link KnownCharacters}.
 */
final class UnicodePattern {

  /** White_Space, without brackets. */
  private static final String SPACES =
      "\\t-\\r\\x{20}\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}"
          + "\\x{3000}";

  private static final String NO_SPACES =
      "\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{84}\\x{86}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}"
          + "\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}"
          + "\\x{3001}-\\x{10ffff}";

  private final String source;
  private final StringBuilder target = new StringBuilder();
  private int at;
  private int brackets;

  private UnicodePattern(String source) {
    this.source = source;
  }

  /**
   * Translates.
   *
   * @throws UnsupportedTokenizerException if Java cannot make the same sense of it
   */
  static Pattern compile(String source) {
    try {
      return Pattern.compile(new UnicodePattern(source).translate(), Pattern.UNICODE_CASE);
    } catch (PatternSyntaxException e) {
      throw new UnsupportedTokenizerException(
          "the pre-tokenizer's pattern %s is not understood: %s"
              .formatted(source, e.getDescription()),
          e);
    }
  }

  private String translate() {
    while (at < source.length()) {
      char c = source.charAt(at++);
      if (c == '\\' && at < source.length()) {
        escape(source.charAt(at++));
        continue;
      }
      if (c == '[') {
        brackets++;
      } else if (c == ']' && brackets > 0) {
        brackets--;
      }
      target.append(c);
    }
    return target.toString();
  }

  private void escape(char c) {
    switch (c) {
      case 's' -> range(SPACES);
      case 'S' -> range(NO_SPACES);
      case 'd' -> target.append("\\p{Nd}");
      case 'D' -> target.append("\\P{Nd}");
      case 'p', 'P' -> property(c == 'P');
      case 'w', 'W', 'b', 'B', 'h', 'H', 'X', 'R', 'K', 'G' ->
          throw new PatternSyntaxException("\\" + c + " means different things", source, at);
      default -> target.append('\\').append(c);
    }
  }

  /** In brackets a range joins the others there; outside it needs brackets of its own. */
  private void range(String range) {
    target.append(brackets == 0 ? "[" + range + "]" : range);
  }

  private void property(boolean negated) {
    int close = source.indexOf('}', at);
    if (close < 0 || source.charAt(at) != '{') {
      throw new PatternSyntaxException("\\p without {", source, at);
    }
    String name = source.substring(at + 1, close);
    at = close + 1;
    boolean not = negated;
    if (name.startsWith("^")) {
      not = !not;
      name = name.substring(1);
    }
    // Longer names are scripts.
    target.append(not ? "\\P{" : "\\p{").append(name.length() > 2 ? "Is" : "").append(name);
    target.append('}');
  }
}
