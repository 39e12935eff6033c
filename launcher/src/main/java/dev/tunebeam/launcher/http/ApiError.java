package dev.tunebeam.launcher.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/**
 * An error response of a provider. OpenAI, Azure, Nebius and Together return {@code {"error":
 * {"message", "code", "type", "param"}}}, Fireworks {@code {"code", "message"}} or {@code {"error":
 * "text"}}, MLflow {@code {"error_code", "message"}}; a proxy may return an HTML page.
 *
 * @param code the provider's error code, else the error type, else empty
 * @param message the error message, or the beginning of the response body
 */
record ApiError(String code, String message) {

  private static final int LONGEST = 500;

  /** HTML that a browser does not display. */
  private static final Pattern UNSEEN = Pattern.compile("(?is)<(head|style|script)\\b.*?</\\1>");

  private static final Pattern TAG = Pattern.compile("<[^>]*>");

  static ApiError parse(String body) {
    JsonNode json = Json.parse(body);
    if (json == null || !json.isObject()) {
      return new ApiError(
          "", shortened(TAG.matcher(UNSEEN.matcher(body).replaceAll(" ")).replaceAll(" ")));
    }
    JsonNode error = json.path("error").isObject() ? json.path("error") : json;
    String code = text(error, "code");
    String message = text(error, "message");
    if (message.isEmpty()) {
      String description = text(json, "error_description");
      message =
          text(json, "error")
              + text(json, "detail")
              + (description.isEmpty() ? "" : ": " + description);
    }
    String param = text(error, "param");
    return new ApiError(
        code.isEmpty() ? text(error, "type") + text(error, "error_code") : code,
        shortened(message.isEmpty() ? body : message)
            + (param.isEmpty() || message.contains(param) ? "" : " (" + param + ")"));
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isValueNode() && !value.isNull() ? value.asText() : "";
  }

  /** The beginning of a text on one line. */
  static String shortened(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }
}
