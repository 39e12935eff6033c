package dev.tunebeam.launcher.provider;

import dev.tunebeam.launcher.http.Authorization;
import dev.tunebeam.launcher.http.Backoff;
import dev.tunebeam.launcher.http.Http;
import dev.tunebeam.launcher.http.Secret;
import dev.tunebeam.launcher.process.Waiting;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The connection settings of a provider.
 *
 * @param client does not follow redirects, so the key is never sent to a redirect target
 * @param base the API's base URL, with a trailing slash
 * @param key null if none is set, for providers with another login
 * @param keySource the origin of the key, for messages
 * @param variables environment variables, for additional provider settings
 */
public record Connection(
    OkHttpClient client,
    HttpUrl base,
    @Nullable Secret key,
    String keySource,
    Backoff backoff,
    Waiting waiting,
    Clock clock,
    Map<String, String> variables) {

  /** This connection with another base URL. */
  public Connection at(HttpUrl other) {
    return new Connection(client, other, key, keySource, backoff, waiting, clock, variables);
  }

  /** A client for a path below the base URL, with the key as a bearer token. */
  public Http bearer(String path) {
    return http(path, "Authorization", "Bearer ");
  }

  /** A client for a path below the base URL, with the key in the given header. */
  public Http http(String path, String header, String prefix) {
    return http(
        path, new Authorization(header, prefix, Objects.requireNonNull(key, "key"), keySource));
  }

  /** A client for a path below the base URL. */
  public Http http(String path, Authorization authorization) {
    HttpUrl url = path.isEmpty() ? base : base.newBuilder().addPathSegments(path).build();
    return new Http(client, url, authorization, backoff, waiting, clock);
  }
}
