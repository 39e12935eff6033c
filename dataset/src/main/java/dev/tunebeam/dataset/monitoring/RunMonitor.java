package dev.tunebeam.dataset.monitoring;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.monitoring.MonitorSettings.ParentRun;
import dev.tunebeam.dataset.terminal.ExitCode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reports one run of a command to where the environment says: an OpenLineage event when it begins
 * and one when it ends, metrics and a chat message at the end. A process that is told to stop
 * (SIGTERM, Ctrl-C) reports that too. Takes at most a few seconds, fails never, and does nothing
 * without settings. Its times and the id of the run are in no dataset. Thread-safe.
 */
public final class RunMonitor {

  private static final BigDecimal MILLIS = BigDecimal.valueOf(1_000);

  private final MonitorSettings settings;
  private final String command;
  private final Clock clock;
  private final Instant start;
  private final Delivery delivery;
  private final ParentRun run;
  private final Lineage events;
  private final Metrics metrics;
  private final List<LineageDataset> inputs = new ArrayList<>();
  private final List<LineageDataset> outputs = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private List<Manifest.Gate> gates = List.of();
  private final Thread stopped = new Thread(this::stopped, "report of a stop");
  private boolean hasEnded;

  private RunMonitor(
      String command,
      String version,
      MonitorSettings settings,
      Clock clock,
      Consumer<String> warn) {
    this.settings = settings;
    this.command = command;
    this.clock = clock;
    this.start = clock.instant();
    this.delivery = new Delivery(warn);
    this.run =
        new ParentRun(
            settings.namespace(),
            "%s.%s".formatted(settings.pipeline(), command),
            UUID.randomUUID().toString());
    this.events = new Lineage(version, settings, run);
    this.metrics = new Metrics(settings.pipeline(), command);
    this.hasEnded = settings.isOff();
  }

  /**
   * Begins a run, and reports that.
   *
   * @param variables the environment
   * @param warn gets a line for what cannot be reported
   */
  public static RunMonitor begin(
      String command,
      String version,
      Map<String, String> variables,
      Clock clock,
      Consumer<String> warn) {
    MonitorSettings settings = MonitorSettings.of(variables, warn);
    RunMonitor monitor = new RunMonitor(command, version, settings, clock, warn);
    if (!settings.isOff()) {
      monitor.events.send(
          monitor.delivery,
          "START",
          monitor.start,
          monitor.events.facets(null, List.of()),
          List.of(),
          List.of());
      Runtime.getRuntime().addShutdownHook(monitor.stopped);
    }
    return monitor;
  }

  /** A monitor that reports nothing. */
  public static RunMonitor none() {
    return begin("", "", Map.of(), Clock.systemUTC(), line -> {});
  }

  /** Tells the raw files that are read, by the paths in the recipe. */
  public synchronized void reads(List<String> paths) {
    paths.forEach(path -> inputs.add(events.raw(path, null)));
  }

  /** Tells the dataset that is used. */
  public synchronized void reads(Manifest manifest, String folder) {
    inputs.add(events.dataset(manifest, folder, false));
    said.addAll(ChatMessage.lines(manifest));
  }

  /**
   * Tells the dataset that was written.
   *
   * @param paths of the raw files
   */
  public synchronized void writes(Manifest manifest, String folder, List<String> paths) {
    inputs.clear();
    Long rows = paths.size() == 1 ? manifest.rows().read() : null;
    paths.forEach(path -> inputs.add(events.raw(path, rows)));
    outputs.add(events.dataset(manifest, folder, true));
    metrics.set(manifest);
    said.addAll(ChatMessage.lines(manifest));
  }

  /** Tells what the gates measured. */
  public synchronized void gates(List<Manifest.Gate> measured) {
    gates = List.copyOf(measured);
  }

  /** Tells the model that was trained, by the address of its provider and its name there. */
  public synchronized void trained(String provider, String model) {
    outputs.add(new LineageDataset(provider, model, Map.of(), Map.of()));
    say("model " + model);
  }

  /** Tells the scores of a model by name, 0 to 1. */
  public synchronized void scored(String model, SortedMap<String, Double> scores) {
    StringBuilder line = new StringBuilder(model);
    scores.forEach(
        (name, score) -> {
          BigDecimal rounded = BigDecimal.valueOf(score).setScale(4, RoundingMode.HALF_UP);
          metrics.set(
              "tunebeam_score",
              "Score of the model on the validation split.",
              "score=\"%s\"".formatted(name),
              rounded);
          line.append(", ").append(name).append(' ').append(rounded);
        });
    said.add(line.toString());
  }

  /** Adds a line to the chat message. */
  public synchronized void say(String line) {
    said.add(line);
  }

  /**
   * Variables for a command that this one starts: its run is a child of this one, and the chat is
   * told of this one only.
   */
  public Map<String, String> variablesOfChild() {
    return settings.isOff()
        ? Map.of()
        : Map.of(
            "OPENLINEAGE_CONTEXT",
            "",
            "OPENLINEAGE_PARENT_ID",
            run.id(),
            "OPENLINEAGE_ROOT_PARENT_ID",
            (settings.root() != null
                    ? settings.root()
                    : settings.parent() != null ? settings.parent() : run)
                .id(),
            "TUNEBEAM_WEBHOOK",
            "");
  }

  /**
   * Ends the run, and reports that; only the first time.
   *
   * @param error the message for the user; null if there is none
   */
  public void end(int exitCode, @Nullable String error) {
    try {
      Runtime.getRuntime().removeShutdownHook(stopped);
    } catch (IllegalStateException e) {
      return; // the process is being stopped, which the hook reports
    }
    if (ends()) {
      boolean isFailure =
          exitCode != ExitCode.SUCCEEDED.code() && exitCode != ExitCode.NOTHING_NEW.code();
      String why = error == null ? "exit code " + exitCode : error;
      report(isFailure ? "FAIL" : "COMPLETE", exitCode, isFailure ? why : null);
    }
  }

  private void stopped() {
    if (ends()) {
      report("ABORT", ExitCode.FAILED.code(), "the process was stopped");
    }
  }

  private synchronized boolean ends() {
    boolean isFirst = !hasEnded;
    hasEnded = true;
    return isFirst;
  }

  private synchronized void report(String type, int exitCode, @Nullable String error) {
    Instant end = clock.instant();
    events.send(delivery, type, end, events.facets(error, gates), inputs, outputs);
    metrics.set(
        "tunebeam_run_exit_code", "Exit code of the last run.", BigDecimal.valueOf(exitCode));
    metrics.set("tunebeam_run_end_timestamp_seconds", "When the last run ended.", seconds(end));
    metrics.set(
        "tunebeam_run_duration_seconds",
        "Time that the last run took.",
        BigDecimal.valueOf(Duration.between(start, end).toMillis()).divide(MILLIS));
    if (error == null) {
      metrics.set(
          "tunebeam_success_timestamp_seconds",
          "When the last successful run ended.",
          seconds(end));
    }
    if (settings.metrics() != null) {
      metrics.send(delivery, settings.metrics(), error == null);
    }
    if (settings.webhook() != null) {
      delivery.send(
          "webhook",
          "POST",
          settings.webhook(),
          Map.of("Content-Type", "application/json"),
          ChatMessage.json(
              settings.pipeline(), command, exitCode, Duration.between(start, end), said, error));
    }
  }

  private static BigDecimal seconds(Instant time) {
    return BigDecimal.valueOf(time.toEpochMilli()).divide(MILLIS);
  }
}
