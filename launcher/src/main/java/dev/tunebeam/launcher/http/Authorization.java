package dev.tunebeam.launcher.http;

import java.util.function.Supplier;

/**
 * The authorization header of a request.
 *
 * @param header the name of the header; empty for requests without one
 * @param prefix the text before the key, {@code "Bearer "}
 * @param secret the key, or a token that is renewed; also what no message may contain
 * @param source the origin of the key, for messages
 */
public record Authorization(String header, String prefix, Supplier<Secret> secret, String source) {

  /** With a key that stays the same. */
  public Authorization(String header, String prefix, Secret key, String source) {
    this(header, prefix, () -> key, source);
  }

  /** For requests that carry a key in another place than a header. */
  public static Authorization without(Secret key, String source) {
    return new Authorization("", "", key, source);
  }

  Secret key() {
    return secret.get();
  }

  String value() {
    return prefix + key().value();
  }

  /** Without the key, and without asking for one. */
  @Override
  public String toString() {
    return "Authorization[header=%s, prefix=%s, source=%s]".formatted(header, prefix, source);
  }

  String advice() {
    return "check " + source;
  }
}
