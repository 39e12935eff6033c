package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came.
 *
 * @param method in capitals
 * @param path raw, percent-encoding included, without the query
 * @param query decoded, in order of appearance
 * @param headers names are found in any case
 * @param body whole
 */
public record Call(
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    ByteString body) {

  /** Headers in any case. */
  public Call {
    Map<String, List<String>> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, values) -> anyCase.put(name, List.copyOf(values)));
    headers = anyCase;
  }

  /** The first value of a header. */
  public @Nullable String header(String name) {
    List<String> values = headers.get(name);
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  /** The first value of a query parameter. */
  public @Nullable String query(String name) {
    List<String> values = query.get(name);
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  /** The same request under another path. */
  Call at(String otherPath) {
    return new Call(method, otherPath, query, headers, body);
  }

  /** The body as a JSON object; a 400 where it is not one or not declared as one. */
  ObjectNode json() {
    String type = header("Content-Type");
    if (type == null || !type.startsWith("application/json")) {
      throw Refusal.badRequest(
          null,
          "unsupported_content_type",
          "Invalid Content-Type header (" + type + "), expected application/json.");
    }
    JsonNode node = Json.parse(body);
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw Refusal.badRequest(null, null, "We could not parse the JSON body of your request.");
  }

  static Map<String, List<String>> parseQuery(@Nullable String raw) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    if (raw == null || raw.isEmpty()) {
      return query;
    }
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      query.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
    }
    return query;
  }

  static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
