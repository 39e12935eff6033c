package dev.tunebeam.launcher.command;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.settings.ProviderName;
import dev.tunebeam.launcher.deploy.Leftovers;
import dev.tunebeam.launcher.deploy.TemporaryRecord;
import dev.tunebeam.launcher.http.Backoff;
import dev.tunebeam.launcher.http.BaseUrl;
import dev.tunebeam.launcher.http.Secret;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.process.Waiting;
import dev.tunebeam.launcher.provider.Connection;
import dev.tunebeam.launcher.provider.Deployments;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.provider.ProviderProfile;
import dev.tunebeam.launcher.provider.ProviderProfile.Offer;
import dev.tunebeam.launcher.terminal.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags for the provider, its base URL and its key. */
final class ProviderOptions {

  private static final Duration LONGEST_TIMEOUT = Duration.ofHours(24);
  private static final Duration CONNECT = Duration.ofSeconds(20);

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description =
          "Provider: openai, azure, nebius, together, fireworks, or for launch and run local; by"
              + " default that of the dataset or the job, else the one whose key is set.")
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

  /** The provider that the flag names, else the only one whose key is set, else OpenAI. */
  String orDefault(Shell shell) {
    if (provider != null) {
      return provider;
    }
    List<String> withKey =
        Providers.profiles().stream()
            .filter(profile -> shell.variables().containsKey(profile.keyVariable()))
            .map(ProviderProfile::name)
            .toList();
    if (withKey.size() > 1) {
      throw wrongUse(
          "--provider is missing: the keys of %s are set".formatted(String.join(", ", withKey)));
    }
    return withKey.isEmpty() ? ProviderName.OPENAI.toString() : withKey.get(0);
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
    return BaseUrl.of(url, from).toString();
  }

  /** Where the API was at an earlier launch, unless a flag overrides it. */
  String baseUrlAt(String where) {
    return baseUrl == null ? where : BaseUrl.of(baseUrl, "--baseUrl").toString();
  }

  /** These flags for a provider that they are not meant for: its address and key are its own. */
  ProviderOptions elsewhere() {
    ProviderOptions other = new ProviderOptions();
    other.patience = patience;
    other.retryDelay = retryDelay;
    other.timeout = timeout;
    other.settle = settle;
    return other;
  }

  /** The provider of that name. Takes down what commands that were killed have left deployed. */
  Provider open(String name, Shell shell, Console console) {
    return openHere(name, baseUrl(Providers.profile(name), shell), shell, console);
  }

  private Provider openHere(String name, String where, Shell shell, Console console) {
    ProviderProfile profile = Providers.profile(name);
    String keySource =
        keyFile == null ? "the variable " + profile.keyVariable() : "the file " + keyFile;
    String key = key(profile, shell);
    HttpUrl base = BaseUrl.of(where, "the base URL of " + profile.title());
    Secret secret = key == null ? null : new Secret(key, keySource);
    Provider provider =
        Providers.open(name, connection(base, shell, console, secret, keySource, null));
    Leftovers.of(shell.variables(), shell.folder(), backoff(), console, shell.clock())
        .takeDown(record -> deployments(record, shell, console));
    return provider;
  }

  /** Where a temporary deployment is; the key is not needed there. */
  private Deployments deployments(TemporaryRecord record, Shell shell, Console console) {
    Secret none = new Secret(Secret.HIDDEN, "no key");
    HttpUrl base = BaseUrl.of(record.baseUrl(), record.provider());
    return Providers.open(record.provider(), connection(base, shell, console, none, "no key", null))
        .deployments(record.place());
  }

  /** The provider at the base URL of an earlier launch, unless a flag overrides it. */
  Provider openAt(String name, String where, Shell shell, Console console) {
    return openHere(name, baseUrlAt(where), shell, console);
  }

  /** A connection to an API that needs no key. */
  Connection anonymous(HttpUrl base, Shell shell, Waiting waiting) {
    return connection(base, shell, waiting, null, "no key", null);
  }

  /** As {@link #open}, but nothing is sent and no key is needed. */
  Provider openDry(String name, Shell shell, Waiting waiting, Interceptor instead) {
    ProviderProfile profile = Providers.profile(name);
    Secret none = new Secret(Secret.HIDDEN, "a dry run");
    HttpUrl base = Objects.requireNonNull(HttpUrl.parse(baseUrl(profile, shell)));
    return Providers.open(name, connection(base, shell, waiting, none, "a dry run", instead));
  }

  private Connection connection(
      HttpUrl base,
      Shell shell,
      Waiting waiting,
      @Nullable Secret key,
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
    return new Connection(
        client.build(), base, key, keySource, backoff(), waiting, shell.clock(), shell.variables());
  }

  /** The key; null if none is set and the provider has another login. */
  private @Nullable String key(ProviderProfile profile, Shell shell) {
    if (keyFile != null) {
      try {
        return Files.readString(shell.folder().resolve(keyFile));
      } catch (IOException e) {
        throw wrongUse("--keyFile: %s cannot be read".formatted(keyFile));
      }
    }
    String key = shell.variables().get(profile.keyVariable());
    if (key == null || key.isBlank()) {
      if (profile.offers(Offer.OTHER_LOGIN)) {
        return null;
      }
      throw wrongUse(
          "no API key: set the variable %s or --keyFile=FILE".formatted(profile.keyVariable()));
    }
    return key;
  }
}
