package dev.tunebeam.launcher.http;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import java.util.Set;
import okhttp3.HttpUrl;

/** Checks the URL of an API that gets a key. */
public final class BaseUrl {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

  private BaseUrl() {}

  /**
   * The URL, with a trailing slash: https, or this machine.
   *
   * @param from the flag or variable that it comes from, for messages
   * @throws dev.tunebeam.launcher.process.LauncherException with the problem
   */
  public static HttpUrl of(String url, String from) {
    HttpUrl parsed = HttpUrl.parse(url.endsWith("/") ? url : url + "/");
    if (parsed == null || parsed.query() != null || parsed.fragment() != null) {
      throw wrongUse("%s: '%s' is not a valid base URL".formatted(from, url));
    }
    if (!parsed.encodedUsername().isEmpty() || !parsed.encodedPassword().isEmpty()) {
      throw wrongUse(
          "%s must not contain a user name or password, which would be saved in launch.json"
              .formatted(from));
    }
    if (!parsed.isHttps() && !LOOPBACK.contains(parsed.host())) {
      throw wrongUse("%s: %s would send the key unencrypted; use https".formatted(from, parsed));
    }
    return parsed;
  }
}
