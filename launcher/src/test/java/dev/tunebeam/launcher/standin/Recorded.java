package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A request and what came of it. Files are kept in the provider's state, not here.
 *
 * @param number counted from 1 by arrival
 * @param path raw, without the query
 * @param bodyLength bytes read
 * @param json the body where it is JSON; of a form, its fields, with {@code <n bytes>} for a file's
 *     content; null for other bodies
 * @param fault what went wrong on purpose
 * @param status the status that was sent; 0 where none was, or not yet
 * @param answer the body that was sent, or would have been
 */
public record Recorded(
    int number,
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    int bodyLength,
    @Nullable JsonNode json,
    @Nullable Fault fault,
    int status,
    ByteString answer) {

  static Recorded arrived(int number, Call call, @Nullable Fault fault) {
    return new Recorded(
        number,
        call.method(),
        call.path(),
        call.query(),
        call.headers(),
        call.body().size(),
        body(call),
        fault,
        0,
        ByteString.EMPTY);
  }

  Recorded answered(int sent, ByteString body) {
    return new Recorded(number, method, path, query, headers, bodyLength, json, fault, sent, body);
  }

  /** The answer as JSON; null where it is not JSON. */
  public @Nullable JsonNode answerJson() {
    return Json.parse(answer);
  }

  /** Method and path, for messages. */
  public String line() {
    return method + " " + path;
  }

  private static @Nullable JsonNode body(Call call) {
    String type = call.header("Content-Type");
    if (type != null && type.startsWith("application/json")) {
      return Json.parse(call.body());
    }
    if (type != null && type.startsWith("multipart/form-data")) {
      try {
        ObjectNode form = Json.object();
        for (Multipart.Part part : Multipart.of(call).parts()) {
          form.put(
              part.name(),
              part.filename() == null ? part.content().utf8() : "<" + part.size() + " bytes>");
        }
        return form;
      } catch (Refusal e) {
        return null;
      }
    }
    return null;
  }
}
