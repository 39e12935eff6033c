package dev.tunebeam.transforms.inspect;

import dev.tunebeam.dataset.Whitespace;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The common prefix and suffix of all texts, up to {@link #MOST_CHARS} characters. Merging is
 * associative and commutative.
 */
public final class CommonEnds implements Serializable {

  /** Longer prefixes and suffixes are cut to this length. */
  public static final int MOST_CHARS = 4_000;

  private static final long serialVersionUID = 1L;

  private @Nullable String prefix;
  private @Nullable String suffix;
  private int shortest = Integer.MAX_VALUE;
  private long texts;

  void add(String text) {
    String before = prefix;
    prefix = before == null ? begin(text) : commonPrefix(before, text);
    String after = suffix;
    suffix = after == null ? end(text) : commonSuffix(after, text);
    shortest = Math.min(shortest, Whitespace.strip(text).length());
    texts++;
  }

  void merge(CommonEnds other) {
    String begin = other.prefix;
    String end = other.suffix;
    if (begin != null && end != null) {
      String before = prefix;
      prefix = before == null ? begin : commonPrefix(before, begin);
      String after = suffix;
      suffix = after == null ? end : commonSuffix(after, end);
      shortest = Math.min(shortest, other.shortest);
      texts += other.texts;
    }
  }

  private static String begin(String text) {
    return text.substring(0, Math.min(MOST_CHARS, text.length()));
  }

  private static String end(String text) {
    return text.substring(Math.max(0, text.length() - MOST_CHARS));
  }

  private static String commonPrefix(String a, String b) {
    int most = Math.min(a.length(), b.length());
    int same = 0;
    while (same < most && a.charAt(same) == b.charAt(same)) {
      same++;
    }
    return same == a.length() ? a : a.substring(0, same);
  }

  private static String commonSuffix(String a, String b) {
    int most = Math.min(a.length(), b.length());
    int same = 0;
    while (same < most && a.charAt(a.length() - 1 - same) == b.charAt(b.length() - 1 - same)) {
      same++;
    }
    return same == a.length() ? a : a.substring(a.length() - same);
  }

  /** The common prefix; empty for none. */
  public String prefix() {
    String common = prefix == null ? "" : prefix;
    boolean half =
        !common.isEmpty() && Character.isHighSurrogate(common.charAt(common.length() - 1));
    return half ? common.substring(0, common.length() - 1) : common;
  }

  /** The common suffix; empty for none. */
  public String suffix() {
    String common = suffix == null ? "" : suffix;
    return !common.isEmpty() && Character.isLowSurrogate(common.charAt(0))
        ? common.substring(1)
        : common;
  }

  /**
   * Length in characters of the shortest text, without leading and trailing whitespace; 0 if there
   * is no text.
   */
  public int shortest() {
    return prefix == null ? 0 : shortest;
  }

  /** Number of texts; answers that only call a tool have none. */
  public long texts() {
    return texts;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CommonEnds ends
        && shortest == ends.shortest
        && texts == ends.texts
        && Objects.equals(prefix, ends.prefix)
        && Objects.equals(suffix, ends.suffix);
  }

  @Override
  public int hashCode() {
    return Objects.hash(prefix, suffix);
  }
}
