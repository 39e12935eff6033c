package dev.tunebeam.launcher.provider;

import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.launcher.http.Backoff;
import dev.tunebeam.launcher.http.Secret;
import dev.tunebeam.launcher.launch.Budget;
import dev.tunebeam.launcher.launch.Dataset;
import dev.tunebeam.launcher.launch.Launch;
import dev.tunebeam.launcher.launch.LaunchFile;
import dev.tunebeam.launcher.launch.LaunchStore;
import dev.tunebeam.launcher.launch.Preflight;
import dev.tunebeam.launcher.provider.openai.OpenAi;
import dev.tunebeam.launcher.provider.openai.OpenAiDialect;
import dev.tunebeam.launcher.standin.StandIn;
import dev.tunebeam.launcher.terminal.Console;
import java.io.BufferedReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** A launch at OpenAI's dialect whose large files begin at some bytes, also as a process. */
final class LaunchInParts {

  static final String MODEL = "for-ever";

  /** Maximum bytes per request and per part. */
  static final long DIRECT = 1_000;

  static final long PART = 600;

  private LaunchInParts() {}

  /** Launches a folder at an address. */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    run(folder, args[1], System.out, new LaunchFile(folder));
    System.exit(0);
  }

  static Launch.Outcome run(Path folder, String url, PrintStream out, LaunchStore memory) {
    Clock clock = Clock.systemUTC();
    Console console =
        new Console(out, out, new BufferedReader(Reader.nullReader()), false, false, clock);
    Backoff backoff =
        new Backoff(
            Duration.ofMillis(1), Duration.ofSeconds(10), Duration.ofMillis(1), new Random(1));
    Connection connection =
        new Connection(
            new OkHttpClient.Builder().retryOnConnectionFailure(false).build(),
            HttpUrl.get(url + "/"),
            new Secret(StandIn.KEY, "the test"),
            "the test",
            backoff,
            console,
            clock,
            Map.of());
    Provider provider =
        new OpenAiDialect(connection.bearer(""), clock, DIRECT, PART) {
          @Override
          public ProviderProfile profile() {
            return OpenAi.PROFILE;
          }
        };
    TrainingSettings settings =
        new TrainingSettings(
            MODEL, Method.SUPERVISED, 3, null, null, null, null, null, null, null, null, null);
    Launch.Terms terms =
        new Launch.Terms(
            new Preflight(ModelCatalogue.standard(), LocalDate.EPOCH),
            null,
            new Budget(null, true, false),
            false,
            Optional::empty);
    return new Launch(
            provider, url, Dataset.open(folder), settings, terms, backoff, console, clock, memory)
        .run();
  }
}
