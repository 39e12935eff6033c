package dev.tunebeam.launcher.launch;

import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.launcher.command.Providers;
import dev.tunebeam.launcher.http.Backoff;
import dev.tunebeam.launcher.http.Secret;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.provider.Connection;
import dev.tunebeam.launcher.provider.JobRequest;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.provider.TrainingSettings;
import dev.tunebeam.launcher.standin.Job;
import dev.tunebeam.launcher.standin.SimulatedWire;
import dev.tunebeam.launcher.terminal.Console;
import java.io.BufferedReader;
import java.io.PrintStream;
import java.io.Reader;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** One dataset, one provider, and launch and follow as often as asked, in simulated time. */
final class Simulation {

  /** How long an uncertain request may still take effect. */
  static final Duration SETTLING = Duration.ofMinutes(10);

  private static final ModelCatalogue CATALOGUE = ModelCatalogue.standard();
  private static final OkHttpClient CLIENT = new OkHttpClient();

  /** The providers with an API. */
  enum At {
    OPENAI("gpt-4o-mini-2024-07-18", "v1/"),
    AZURE("gpt-4o-mini-2024-07-18", ""),
    NEBIUS("meta-llama/Meta-Llama-3.1-8B-Instruct", "nebius/v1/"),
    TOGETHER("meta-llama/Meta-Llama-3.1-8B-Instruct-Reference", "together/v1/"),
    FIREWORKS("accounts/fireworks/models/llama-v3p1-8b-instruct", "fireworks/");

    private final String model;
    private final String path;

    At(String model, String path) {
      this.model = model;
      this.path = path;
    }
  }

  /** A launch file in memory. */
  static final class Memory implements LaunchStore {
    private final Map<String, LaunchRecord> records = new LinkedHashMap<>();

    @Override
    public Optional<LaunchRecord> last(Predicate<LaunchRecord> matches) {
      return records.values().stream().filter(matches).reduce((first, second) -> second);
    }

    @Override
    public void save(LaunchRecord launch) {
      records.put(launch.run(), launch);
    }

    void lose() {
      records.clear();
    }
  }

  final SimulatedWire.Time time = new SimulatedWire.Time();
  final SimulatedWire wire = new SimulatedWire(time);
  final Memory memory = new Memory();

  /** What happened, for the message of a failure. */
  final List<String> story = new ArrayList<>();

  private final At at;
  private final Dataset dataset;
  private final Console console;
  private final Backoff backoff;
  private final String base;
  private final Provider provider;

  Simulation(At at, Dataset dataset, long seed) {
    this.at = at;
    this.dataset = dataset;
    this.base = "http://simulated/" + at.path;
    this.backoff =
        new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(30), SETTLING, new Random(seed));
    PrintStream told =
        new PrintStream(PrintStream.nullOutputStream()) {
          @Override
          public void println(@Nullable String line) {
            story.add("    " + line);
          }
        };
    this.console =
        new Console(
            told, told, new BufferedReader(Reader.nullReader()), false, false, time, time::pass);
    this.provider =
        Providers.open(
            at.name().toLowerCase(java.util.Locale.ROOT),
            new Connection(
                CLIENT.newBuilder().addInterceptor(wire).build(),
                HttpUrl.get(base),
                new Secret(SimulatedWire.KEY, "the simulation"),
                "the simulation",
                backoff,
                console,
                time,
                Map.of("FIREWORKS_ACCOUNT_ID", SimulatedWire.fireworksAccount())));
  }

  /** As {@code launch --detach}; whether it ended with a job. */
  boolean launch() {
    return done(
        "launch",
        () ->
            new Launch(
                    provider,
                    base,
                    dataset,
                    settings(),
                    new Launch.Terms(
                        new Preflight(CATALOGUE, LocalDate.EPOCH),
                        null,
                        new Budget(null, true, false),
                        false,
                        Optional::empty),
                    backoff,
                    console,
                    time,
                    memory)
                .run());
  }

  /** As {@code follow}; whether it ended with a job that has ended. */
  boolean follow() {
    return done(
        "follow",
        () -> {
          LaunchRecord launch = memory.last(any -> true).orElseThrow();
          JobRequest request = launch.request();
          if (request == null) {
            return;
          }
          String id =
              launch.job() != null
                  ? launch.job().id()
                  : new OneJob(provider, console).find(request).map(job -> job.id()).orElse(null);
          if (id != null) {
            memory.save(
                launch.with(
                    new Follower(
                            provider, console, time, Duration.ofSeconds(10), event -> {}, request)
                        .follow(id)));
          }
        });
  }

  private TrainingSettings settings() {
    return new TrainingSettings(
        at.model, Method.SUPERVISED, 3, null, null, null, null, null, null, null, null, null);
  }

  private boolean done(String command, Runnable action) {
    story.add(command);
    try {
      action.run();
      return true;
    } catch (LauncherException e) {
      story.add(String.format(Locale.ROOT, "  exit %d: %s", e.exitCode().code(), e.text()));
    } catch (SimulatedWire.Killed e) {
      story.add("  killed");
    }
    return false;
  }

  /** The jobs that are paid for: neither cancelled nor about to be. */
  List<Job> paid() {
    return wire.jobs().stream().filter(job -> !job.status().startsWith("cancel")).toList();
  }

  /** The id of the job in the launch file. */
  String kept() {
    return memory
        .last(any -> true)
        .map(LaunchRecord::job)
        .map(LaunchRecord.LaunchedJob::id)
        .orElse("none");
  }
}
