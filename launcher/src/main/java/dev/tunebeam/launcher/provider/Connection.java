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
 * All that a provider needs to be reached.
 *
 * @param client follows no redirects: a key must not travel to where an answer points
 * @param base of the API, with a slash at its end
 * @param keySource where the key comes from, for messages
 * @param variables the environment, for what some providers need beside the key
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

  /** A way to an API below the base, with the key as a bearer token. */
  public Http bearer(String path) {
    return http(path, "Authorization", "Bearer ");
  }

  /** A way to an API below the base, with the key in a header of that name. */
  public Http http(String path, String header, String prefix) {
    HttpUrl url = path.isEmpty() ? base : base.newBuilder().addPathSegments(path).build();
    return new Http(
        client, url, new Authorization(header, prefix, key, keySource), backoff, waiting, clock);
  }
}
