package dev.tunebeam.pipelines.recipe;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Escape sequences for line breaks and tabs in flags, which are hard to type in a shell. */
final class Escapes {

  private static final Pattern ESCAPE = Pattern.compile("\\\\(.?)", Pattern.DOTALL);

  private Escapes() {}

  /**
   * Replaces {@code \n}, {@code \t} and {@code \\} by the characters they stand for.
   *
   * @throws UsageException if a backslash is followed by anything else
   */
  static String replace(String flag, String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(meaning(flag, match.group(1))));
  }

  private static String meaning(String flag, String letter) {
    return switch (letter) {
      case "n" -> "\n";
      case "t" -> "\t";
      case "\\" -> "\\";
      default ->
          throw new UsageException(
              "--%s: \\%s means nothing; known are \\n, \\t and \\\\".formatted(flag, letter));
    };
  }
}
