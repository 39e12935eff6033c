package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.launcher.http.Backoff;
import dev.tunebeam.launcher.http.Secret;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.process.Waiting;
import dev.tunebeam.launcher.provider.Connection;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.provider.ProviderProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say which provider, where it is and with which key. */
final class ProviderOptions {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");
  private static final Duration LONGEST_TIMEOUT = Duration.ofHours(24);
  private static final Duration CONNECT = Duration.ofSeconds(20);

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description = "Who trains: openai, azure, nebius, together or fireworks.")
  private @Nullable String provider;

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "Where the provider's API is, if not at its usual address.")
  private @Nullable String baseUrl;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "A file that holds the key and nothing else; else the usual variable.")
  private @Nullable Path keyFile;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      defaultValue = "30m",
      description = "How long to repeat what fails before the exit code is 75 (${DEFAULT-VALUE}).")
  private Duration patience = Duration.ZERO;

  @Option(
      names = "--retry-delay",
      paramLabel = "TIME",
      defaultValue = "1s",
      description = "The first wait before a repetition; each is twice as long (${DEFAULT-VALUE}).")
  private Duration retryDelay = Duration.ZERO;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "2m",
      description = "How long to wait for an answer (${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ZERO;

  /** The provider that the flag names, null if there is no such flag. */
  @Nullable String name() {
    return provider;
  }

  /** The provider that the flag names, else OpenAI. */
  String orDefault() {
    return provider == null ? "openai" : provider;
  }

  /** How failures are repeated. */
  Backoff backoff() {
    return new Backoff(retryDelay, patience);
  }

  /** Where the API of a provider is. */
  String baseUrl(ProviderProfile profile, Shell shell) {
    String url = baseUrl;
    String from = "--base-url";
    if (url == null) {
      url = shell.variables().get(profile.baseUrlVariable());
      from = profile.baseUrlVariable();
    }
    if (url == null || url.isBlank()) {
      url = profile.baseUrl();
    }
    if (url == null) {
      throw wrongUse(
          "%s has an address for each customer: set %s or --base-url"
              .formatted(profile.title(), profile.baseUrlVariable()));
    }
    HttpUrl parsed = HttpUrl.parse(url.endsWith("/") ? url : url + "/");
    if (parsed == null || parsed.query() != null || parsed.fragment() != null) {
      throw wrongUse("%s: '%s' is no address of an API".formatted(from, url));
    }
    if (!parsed.encodedUsername().isEmpty() || !parsed.encodedPassword().isEmpty()) {
      throw wrongUse(
          "%s holds a name or a password, which would be kept in launch.json; the key has a variable"
              .formatted(from));
    }
    if (!parsed.isHttps() && !LOOPBACK.contains(parsed.host())) {
      throw wrongUse(
          "%s: %s would send the key for everyone to read; use https".formatted(from, parsed));
    }
    return parsed.toString();
  }

  /** The provider of that name. */
  Provider open(String name, Shell shell, Waiting waiting) {
    ProviderProfile profile = Providers.profile(name);
    String keySource =
        keyFile == null ? "the variable " + profile.keyVariable() : "the file " + keyFile;
    return open(
        profile, shell, waiting, new Secret(key(profile, shell), keySource), keySource, null);
  }

  /** The provider of that name where it was before, unless a flag says where it is now. */
  Provider openAt(String name, String where, Shell shell, Waiting waiting) {
    if (baseUrl == null) {
      baseUrl = where;
    }
    return open(name, shell, waiting);
  }

  /** As {@link #open(String, Shell, Waiting)}, but nothing is sent and no key is needed. */
  Provider openDry(String name, Shell shell, Waiting waiting, Interceptor instead) {
    ProviderProfile profile = Providers.profile(name);
    Secret none = new Secret(Secret.HIDDEN, "a dry run");
    return open(profile, shell, waiting, none, "a dry run", instead);
  }

  private Provider open(
      ProviderProfile profile,
      Shell shell,
      Waiting waiting,
      Secret key,
      String keySource,
      @Nullable Interceptor instead) {
    if (timeout.isZero() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
      throw wrongUse("--timeout must be above 0 and at most 24h");
    }
    OkHttpClient.Builder client =
        new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .connectTimeout(timeout.compareTo(CONNECT) < 0 ? timeout : CONNECT)
            .readTimeout(timeout)
            .writeTimeout(timeout);
    if (instead != null) {
      client.addInterceptor(instead);
    }
    return Providers.open(
        profile.name(),
        new Connection(
            client.build(),
            Objects.requireNonNull(HttpUrl.parse(baseUrl(profile, shell))),
            key,
            keySource,
            backoff(),
            waiting,
            shell.clock(),
            shell.variables()));
  }

  private String key(ProviderProfile profile, Shell shell) {
    if (keyFile != null) {
      try {
        return Files.readString(shell.folder().resolve(keyFile));
      } catch (IOException e) {
        throw wrongUse("--key-file: %s cannot be read".formatted(keyFile));
      }
    }
    String key = shell.variables().get(profile.keyVariable());
    if (key == null || key.isBlank()) {
      throw wrongUse(
          "no key: set the variable %s, or give --key-file=FILE".formatted(profile.keyVariable()));
    }
    return key;
  }
}
