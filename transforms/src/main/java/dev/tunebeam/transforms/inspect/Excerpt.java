package dev.tunebeam.transforms.inspect;

/** Truncates texts. Pure functions. */
final class Excerpt {

  private Excerpt() {}

  /**
   * The text, truncated to a number of characters plus an ellipsis; never within a surrogate pair.
   */
  static String of(String text, int chars) {
    return text.length() <= chars ? text : text.substring(0, boundary(text, chars)) + "…";
  }

  /** The position, or the one before if it is within a surrogate pair. */
  static int boundary(String text, int at) {
    return at > 0
            && at < text.length()
            && Character.isHighSurrogate(text.charAt(at - 1))
            && Character.isLowSurrogate(text.charAt(at))
        ? at - 1
        : at;
  }
}
