package dev.tunebeam.launcher.provider;

import dev.tunebeam.launcher.http.Authorization;
import dev.tunebeam.launcher.http.Backoff;
import dev.tunebeam.launcher.http.Http;
import dev.tunebeam.launcher.http.Secret;
import dev.tunebeam.launcher.process.Waiting;
import java.time.Clock;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * The connection settings of a provider.
 *
 * @param client does not follow redirects, so the key is never sent to a redirect target
 * @param base the API's base URL, with a trailing slash
 * @param keySource the origin of the key, for messages
 * @param variables environment variables, for additional provider settings
 */
public record Connection(
    OkHttpClient client,
    HttpUrl base,
    Secret key,
    String keySource,
    Backoff backoff,
    Waiting waiting,
    Clock clock,
    Map<String, String> variables) {

  /** A client for a path below the base URL, with the key as a bearer token. */
  public Http bearer(String path) {
    return http(path, "Authorization", "Bearer ");
  }

  /** A client for a path below the base URL, with the key in the given header. */
  public Http http(String path, String header, String prefix) {
    HttpUrl url = path.isEmpty() ? base : base.newBuilder().addPathSegments(path).build();
    return new Http(
        client, url, new Authorization(header, prefix, key, keySource), backoff, waiting, clock);
  }
}
