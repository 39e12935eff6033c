package dev.tunebeam.launcher.http;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import java.util.regex.Pattern;

/** A provider's key. It leaves this class in a request's header only; its text shows nothing. */
public final class Secret {

  /** What messages have in its place. */
  public static final String HIDDEN = "***";

  /** Keys of the known shapes, whole or with a part starred out, as providers quote them. */
  private static final Pattern KEYS =
      Pattern.compile("\\b(?:sk|fw|tgp_v1|v1)[-_][A-Za-z0-9_*.-]{6,}");

  private final String value;

  /**
   * A key.
   *
   * @param from where it comes from, for the message if it cannot be one
   */
  public Secret(String value, String from) {
    this.value = value.strip();
    if (this.value.isEmpty() || this.value.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw wrongUse(
          "%s holds no key: it is %s"
              .formatted(from, this.value.isEmpty() ? "empty" : "more than one word"));
    }
  }

  /** The text with this key, and whatever looks like one, hidden. */
  String hiddenIn(String text) {
    return KEYS.matcher(text.replace(value, HIDDEN)).replaceAll(HIDDEN);
  }

  /** The key itself, for a header. */
  String value() {
    return value;
  }

  @Override
  public String toString() {
    return HIDDEN;
  }
}
