package dev.tunebeam.launcher.http;

/**
 * The authorization header of a request.
 *
 * @param header the name of the header
 * @param prefix the text before the key, {@code "Bearer "}
 * @param source the origin of the key, for messages
 */
public record Authorization(String header, String prefix, Secret key, String source) {

  String value() {
    return prefix + key.value();
  }

  String advice() {
    return "check " + source;
  }
}
