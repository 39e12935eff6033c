package dev.tunebeam.launcher.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * A request to a provider. Immutable.
 *
 * @param method the HTTP method
 * @param path relative to the base URL, without a leading slash
 * @param query names and values, in order
 * @param body null if there is none
 * @param repeatable whether it is idempotent, so that it can be retried after a lost response
 */
public record ApiRequest(
    String method,
    String path,
    List<Map.Entry<String, String>> query,
    @Nullable RequestBody body,
    boolean repeatable) {

  private static final MediaType JSON = MediaType.get("application/json");

  /** Copies the query. */
  public ApiRequest {
    query = List.copyOf(query);
  }

  /** A GET request. */
  public static ApiRequest get(String path) {
    return new ApiRequest("GET", path, List.of(), null, true);
  }

  /** A PUT of JSON. */
  public static ApiRequest put(String path, JsonNode body) {
    return new ApiRequest("PUT", path, List.of(), RequestBody.create(body.toString(), JSON), true);
  }

  /** A DELETE request. */
  public static ApiRequest delete(String path) {
    return new ApiRequest("DELETE", path, List.of(), null, true);
  }

  /** A non-idempotent POST of JSON: it creates something new each time and may be billed. */
  public static ApiRequest create(String path, JsonNode body) {
    return create(path, RequestBody.create(body.toString(), JSON));
  }

  /** As {@link #create(String, JsonNode)} for any body. */
  public static ApiRequest create(String path, RequestBody body) {
    return new ApiRequest("POST", path, List.of(), body, false);
  }

  /** An idempotent POST of JSON. */
  public static ApiRequest post(String path, JsonNode body) {
    return post(path, RequestBody.create(body.toString(), JSON));
  }

  /** As {@link #post(String, JsonNode)} for any body. */
  public static ApiRequest post(String path, RequestBody body) {
    return new ApiRequest("POST", path, List.of(), body, true);
  }

  /** This request with one more query parameter; null adds nothing. */
  public ApiRequest with(String name, @Nullable String value) {
    if (value == null) {
      return this;
    }
    List<Map.Entry<String, String>> more = new ArrayList<>(query);
    more.add(Map.entry(name, value));
    return new ApiRequest(method, path, more, body, repeatable);
  }

  /** The name in messages. */
  String name() {
    return method + " " + path;
  }
}
