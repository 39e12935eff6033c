package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import okio.ByteString;

/**
 * What the stand-in answers.
 *
 * @param status the HTTP status
 * @param headers beside Content-Length
 * @param body as sent
 */
public record Answer(int status, Map<String, String> headers, ByteString body) {
  /** Copies the headers. */
  public Answer {
    headers = Map.copyOf(headers);
  }

  /** A JSON body. */
  public static Answer json(int status, JsonNode body) {
    return text(status, "application/json", Json.text(body));
  }

  /** A 200 with JSON. */
  public static Answer ok(JsonNode body) {
    return json(200, body);
  }

  /** Any text. */
  public static Answer text(int status, String contentType, String body) {
    return new Answer(status, Map.of("Content-Type", contentType), ByteString.encodeUtf8(body));
  }

  /** OpenAI's error envelope; Azure and Nebius have the same. */
  public static Answer openAiError(Refusal refusal) {
    return json(
        refusal.status(),
        Json.object()
            .set(
                "error",
                Json.object()
                    .put("message", refusal.text())
                    .put("type", refusal.type())
                    .put("param", refusal.param())
                    .put("code", refusal.code())));
  }

  /** The same with one header more. */
  public Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body);
  }
}
