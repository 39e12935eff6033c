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
 * @param method of HTTP
 * @param path below the provider's base URL, without a slash at its beginning
 * @param query names and values, in order
 * @param body null where there is none
 * @param repeatable whether it may be sent again when nobody knows if it took effect
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

  /** Reads. */
  public static ApiRequest get(String path) {
    return new ApiRequest("GET", path, List.of(), null, true);
  }

  /** Removes; what is gone already counts as removed. */
  public static ApiRequest delete(String path) {
    return new ApiRequest("DELETE", path, List.of(), null, true);
  }

  /** Sends JSON to a place that makes something new each time, and may cost. */
  public static ApiRequest create(String path, JsonNode body) {
    return create(path, RequestBody.create(body.toString(), JSON));
  }

  /** As {@link #create(String, JsonNode)} for any body. */
  public static ApiRequest create(String path, RequestBody body) {
    return new ApiRequest("POST", path, List.of(), body, false);
  }

  /** Sends JSON to a place where a second time does no harm. */
  public static ApiRequest post(String path, JsonNode body) {
    return post(path, RequestBody.create(body.toString(), JSON));
  }

  /** As {@link #post(String, JsonNode)} for any body. */
  public static ApiRequest post(String path, RequestBody body) {
    return new ApiRequest("POST", path, List.of(), body, true);
  }

  /** This request with one more name and value in its query; null adds nothing. */
  public ApiRequest with(String name, @Nullable String value) {
    if (value == null) {
      return this;
    }
    List<Map.Entry<String, String>> more = new ArrayList<>(query);
    more.add(Map.entry(name, value));
    return new ApiRequest(method, path, more, body, repeatable);
  }

  /** What messages call it. */
  String name() {
    return method + " " + path;
  }
}
