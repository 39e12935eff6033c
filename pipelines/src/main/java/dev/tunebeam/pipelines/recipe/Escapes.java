package dev.tunebeam.pipelines.recipe;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Line breaks and tabs in a flag, which people cannot type in a shell. */
final class Escapes {

  private static final Pattern ESCAPE = Pattern.compile("\\\\(.?)", Pattern.DOTALL);

  private Escapes() {}

  /**
   * The text with {@code \n}, {@code \t} and {@code \\} replaced by what they stand for.
   *
   * @throws UsageException if another letter or nothing follows a backslash
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
