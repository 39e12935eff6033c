package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.settings.ProviderName;
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
import java.util.random.RandomGenerator;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags for the provider, its base URL and its key. */
final class ProviderOptions {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");
  private static final Duration LONGEST_TIMEOUT = Duration.ofHours(24);
  private static final Duration CONNECT = Duration.ofSeconds(20);

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description =
          "Provider: openai, azure, nebius, together, fireworks, or for launch and run local.")
  private @Nullable String provider;

  @Option(
      names = "--baseUrl",
      paramLabel = "URL",
      description = "Base URL of the provider's API, if not the default.")
  private @Nullable String baseUrl;

  @Option(
      names = "--keyFile",
      paramLabel = "FILE",
      description =
          "File that holds only the API key; by default the provider's environment variable.")
  private @Nullable Path keyFile;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      defaultValue = "30m",
      description = "How long to retry before ending with exit code 75 (${DEFAULT-VALUE}).")
  private Duration patience = Duration.ZERO;

  @Option(
      names = "--retryDelay",
      paramLabel = "TIME",
      defaultValue = "1s",
      description = "First retry delay, doubled for each further retry (${DEFAULT-VALUE}).")
  private Duration retryDelay = Duration.ZERO;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "2m",
      description =
          "Maximum time of a request, from its first byte to the last of the response; uploads have"
              + " a second more for each 100 kB (${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ZERO;

  @Option(
      names = "--settle",
      paramLabel = "TIME",
      defaultValue = "10m",
      description =
          "How long a request to create a job may take effect after its response was lost; no other"
              + " is sent before (${DEFAULT-VALUE}).")
  private Duration settle = Duration.ZERO;

  /** The provider that the flag names, one that there is; null if there is no such flag. */
  @Nullable String name() {
    return provider == null ? null : Providers.profile(provider).name();
  }

  /** The provider that the flag names, else OpenAI. */
  String orDefault() {
    return provider == null ? ProviderName.OPENAI.toString() : provider;
  }

  /** How failures are repeated. */
  Backoff backoff() {
    return new Backoff(retryDelay, patience, settle, RandomGenerator.getDefault());
  }

  /** Where the API of a provider is. */
  String baseUrl(ProviderProfile profile, Shell shell) {
    String url = baseUrl;
    String from = "--baseUrl";
    if (url == null) {
      url = shell.variables().get(profile.baseUrlVariable());
      from = profile.baseUrlVariable();
    }
    if (url == null || url.isBlank()) {
      url = profile.baseUrl();
    }
    if (url == null) {
      throw wrongUse(
          "%s has a separate base URL for each customer: set %s or --baseUrl"
              .formatted(profile.title(), profile.baseUrlVariable()));
    }
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

  /** The provider at the base URL of an earlier launch, unless a flag overrides it. */
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
        throw wrongUse("--keyFile: %s cannot be read".formatted(keyFile));
      }
    }
    String key = shell.variables().get(profile.keyVariable());
    if (key == null || key.isBlank()) {
      throw wrongUse(
          "no API key: set the variable %s or --keyFile=FILE".formatted(profile.keyVariable()));
    }
    return key;
  }
}
