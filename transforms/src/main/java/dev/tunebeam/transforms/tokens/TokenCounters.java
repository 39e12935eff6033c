package dev.tunebeam.transforms.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.List;

/** Makes counters by the name of an encoding. */
public final class TokenCounters {

  private static final List<String> KNOWN =
      List.of("cl100k_base", "o200k_base", "o200k_harmony", "p50k_base", "r50k_base");

  private TokenCounters() {}

  /** The names that {@link #forEncoding} takes, sorted. */
  public static List<String> names() {
    return KNOWN;
  }

  /**
   * A new counter, for one thread. The encoding's tables are read at the first call in a JVM, only
   * for the encoding asked for, and shared from then on.
   *
   * @param name one of {@link #names}
   * @throws IllegalArgumentException for another name; the message lists the known ones
   */
  public static TokenCounter forEncoding(String name) {
    return switch (name) {
      case "r50k_base" -> counter(EncodingType.R50K_BASE);
      case "p50k_base" -> counter(EncodingType.P50K_BASE);
      case "cl100k_base" -> counter(EncodingType.CL100K_BASE);
      // The same vocabulary and splitting; only the special tokens differ.
      case "o200k_base", "o200k_harmony" -> counter(EncodingType.O200K_BASE);
      default ->
          throw new IllegalArgumentException(
              "unknown encoding '%s'; known are %s".formatted(name, String.join(", ", KNOWN)));
    };
  }

  private static TokenCounter counter(EncodingType type) {
    Encoding encoding = Registry.LAZY.getEncoding(type);
    return text -> encoding.countTokensOrdinary(withoutLoneSurrogates(text));
  }

  private static String withoutLoneSurrogates(CharSequence text) {
    StringBuilder clean = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        continue;
      }
      if (clean == null) {
        clean = new StringBuilder(text);
      }
      clean.setCharAt(i, '\uFFFD');
    }
    return clean == null ? text.toString() : clean.toString();
  }

  /** Holds what is loaded lazily and once. */
  private static final class Registry {
    static final EncodingRegistry LAZY = Encodings.newLazyEncodingRegistry();
  }
}
