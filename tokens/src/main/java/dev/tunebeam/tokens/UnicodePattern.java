package dev.tunebeam.tokens;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Translates a pre-tokenizer's regular expression from Oniguruma's syntax to Java's. To be matched
 * against the text of {@link KnownCharacters}.
 */
final class UnicodePattern {

  private final String source;
  private final StringBuilder target = new StringBuilder();
  private int at;

  private UnicodePattern(String source) {
    this.source = source;
  }

  /**
   * Translates and compiles a pattern.
   *
   * @throws UnsupportedTokenizerException if Java has no equivalent
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
      } else {
        target.append(c);
      }
    }
    return target.toString();
  }

  private void escape(char c) {
    switch (c) {
      // White_Space has been the same since Unicode 6.3.
      case 's' -> target.append("\\p{IsWhite_Space}");
      case 'S' -> target.append("\\P{IsWhite_Space}");
      case 'd' -> target.append("\\p{Nd}");
      case 'D' -> target.append("\\P{Nd}");
      case 'p', 'P' -> property(c == 'P');
      case 'w', 'W', 'b', 'B', 'h', 'H', 'X', 'R', 'K', 'G' ->
          throw new PatternSyntaxException("\\" + c + " means different things", source, at);
      default -> target.append('\\').append(c);
    }
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
