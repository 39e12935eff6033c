package dev.tunebeam.launcher.http;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import java.util.regex.Pattern;

/** A provider's API key. It is only used in a request header and is never printed. */
public final class Secret {

  /** The placeholder in messages. */
  public static final String HIDDEN = "***";

  /** Keys in known formats, complete or partly masked as providers quote them. */
  private static final Pattern KEYS =
      Pattern.compile("\\b(?:sk|fw|tgp_v1|v1)[-_][A-Za-z0-9_*.-]{6,}");

  private final String value;

  /**
   * Creates a key.
   *
   * @param from the origin of the key, for the error message
   */
  public Secret(String value, String from) {
    this.value = value.strip();
    if (this.value.isEmpty() || this.value.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw wrongUse(
          "%s does not contain a valid key: it is %s"
              .formatted(from, this.value.isEmpty() ? "empty" : "more than one word"));
    }
  }

  /** Masks this key, and everything that looks like a key, in a text. */
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
