package dev.tunebeam.tokens;

import java.util.List;

/** Creates counters by the name of an encoding. */
public final class TokenCounters {

  private static final List<String> NAMES =
      List.of("cl100k_base", "o200k_base", "o200k_harmony", "p50k_base", "r50k_base");

  private TokenCounters() {}

  /** The names that {@link #forEncoding} accepts, sorted. */
  static List<String> names() {
    return NAMES;
  }

  /**
   * A new counter, for a single thread. The encoding's tables, 6 to 18 MB, are built at its first
   * use in a JVM and shared from then on. The counts are those of tiktoken 0.14.0.
   *
   * @param name one of {@link #names}
   * @throws IllegalArgumentException for another name; the message lists the known ones
   */
  public static TokenCounter forEncoding(String name) {
    return switch (name) {
      case "r50k_base" -> new BytePairCounter(R50k.VOCABULARY, new Gpt2Splitter());
      case "p50k_base" -> new BytePairCounter(P50k.VOCABULARY, new Gpt2Splitter());
      case "cl100k_base" -> new BytePairCounter(Cl100k.VOCABULARY, new Cl100kSplitter(3, true));
      // The same vocabulary and pieces; only the special tokens differ.
      case "o200k_base", "o200k_harmony" ->
          new BytePairCounter(O200k.VOCABULARY, new O200kSplitter(3, true));
      default -> throw unknown(name);
    };
  }

  /** Refuses a name that {@link #forEncoding} does not accept, without building tables. */
  static void checkName(String name) {
    if (!NAMES.contains(name)) {
      throw unknown(name);
    }
  }

  private static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "unknown encoding '%s'; known are %s".formatted(name, String.join(", ", NAMES)));
  }

  private static Vocabulary vocabulary(String encoding) {
    return new Vocabulary(RankFile.ofEncoding(encoding), true);
  }

  // One class each, so that the JVM builds a table once and on first use.

  private static final class R50k {
    static final Vocabulary VOCABULARY = vocabulary("r50k_base");
  }

  private static final class P50k {
    static final Vocabulary VOCABULARY = vocabulary("p50k_base");
  }

  private static final class Cl100k {
    static final Vocabulary VOCABULARY = vocabulary("cl100k_base");
  }

  private static final class O200k {
    static final Vocabulary VOCABULARY = vocabulary("o200k_base");
  }
}
