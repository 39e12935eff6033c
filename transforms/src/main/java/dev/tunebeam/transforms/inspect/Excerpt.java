package dev.tunebeam.transforms.inspect;

/** The beginning of a text. Pure functions. */
final class Excerpt {

  private Excerpt() {}

  /** The text, or at most so many characters of it and an ellipsis; no character is cut in half. */
  static String of(String text, int chars) {
    return text.length() <= chars ? text : text.substring(0, boundary(text, chars)) + "…";
  }

  /** The position, or the one before it within a surrogate pair. */
  static int boundary(String text, int at) {
    return at > 0
            && at < text.length()
            && Character.isHighSurrogate(text.charAt(at - 1))
            && Character.isLowSurrogate(text.charAt(at))
        ? at - 1
        : at;
  }
}
