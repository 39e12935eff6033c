package dev.tunebeam.launcher.http;

/**
 * How a request says who sends it.
 *
 * @param header the name of the header
 * @param prefix what stands before the key, {@code "Bearer "}
 * @param source where the key comes from, for messages
 */
public record Authorization(String header, String prefix, Secret key, String source) {

  String value() {
    return prefix + key.value();
  }

  String advice() {
    return "see " + source;
  }
}
