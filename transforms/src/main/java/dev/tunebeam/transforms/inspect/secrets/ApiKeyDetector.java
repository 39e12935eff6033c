package dev.tunebeam.transforms.inspect.secrets;

import dev.tunebeam.transforms.inspect.secrets.Secrets.Found;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Detects keys and tokens by their known formats: OpenAI, Anthropic, AWS, Google, GitHub, GitLab,
 * Slack, Stripe, Hugging Face, npm, JSON web tokens and private keys in PEM. Pure functions; each
 * looks at no more than a few thousand characters, except for a key that it finds.
 */
final class ApiKeyDetector {

  /**
   * A key format, and the number of its characters before the character that triggers the check.
   */
  private record Shape(char sign, int before, Pattern pattern) {}

  private static final List<Shape> SHAPES =
      List.of(
          // CSS class names begin like keys, but have no digit in a long word.
          shape('-', 2, "sk-(?=[A-Za-z_-]{0,100}[0-9])(?:proj|svcacct|admin|ant|or)-[\\w-]{20,}"),
          shape('-', 2, "sk-(?=[A-Za-z]{0,100}[0-9])[A-Za-z0-9]{20,}"),
          shape('-', 4, "xox[abeoprs]-[A-Za-z0-9-]{10,}"),
          shape('-', 4, "xapp-[A-Za-z0-9-]{20,}"),
          shape('-', 5, "glpat-[A-Za-z0-9_-]{20,}"),
          shape('-', 6, "GOCSPX-[A-Za-z0-9_-]{28}"),
          shape(
              '-',
              0,
              "-----BEGIN (?:[A-Z]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----"
                  + "(?s:.*?-----END [A-Z ]+-----|.*)"),
          shape('_', 3, "gh[opsur]_[A-Za-z0-9]{36,}"),
          shape('_', 6, "github_pat_[A-Za-z0-9_]{22,}"),
          shape('_', 2, "hf_[A-Za-z0-9]{30,}"),
          shape('_', 2, "[sr]k_(?:live|test)_[A-Za-z0-9]{16,}"),
          shape('_', 5, "whsec_[A-Za-z0-9]{32,}"),
          shape('_', 3, "npm_[A-Za-z0-9]{36}"),
          shape('A', 0, "A(?:KIA|SIA)[A-Z0-9]{16}(?![A-Za-z0-9])"),
          shape('A', 0, "AIza[A-Za-z0-9_-]{35}"),
          shape('J', 2, "eyJ[A-Za-z0-9_-]{10,500}+\\.eyJ[A-Za-z0-9_-]{10,}(?:\\.[A-Za-z0-9_-]*)?"));

  private ApiKeyDetector() {}

  private static Shape shape(char sign, int before, String pattern) {
    return new Shape(sign, before, Pattern.compile(pattern));
  }

  /** The key around this character, null if there is none. */
  static @Nullable Found at(String text, int at) {
    char sign = text.charAt(at);
    for (Shape shape : SHAPES) {
      int from = at - shape.before();
      if (shape.sign() != sign
          || from < 0
          || (TokenBoundaries.isWord(text.charAt(from)) && !TokenBoundaries.begins(text, from))) {
        continue;
      }
      Matcher matcher = shape.pattern().matcher(text).region(from, text.length());
      if (matcher.lookingAt()) {
        return new Found(SecretKind.API_KEY, from, matcher.end());
      }
    }
    return null;
  }
}
