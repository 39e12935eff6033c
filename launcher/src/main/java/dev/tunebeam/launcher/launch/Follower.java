package dev.tunebeam.launcher.launch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.JobEvent;
import dev.tunebeam.launcher.provider.JobRequest;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.terminal.Console;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Polls a job until it ends. Stateless: a restart shows the same events again. The status comes
 * from the job, never from an event's text; each event is shown once, even if it is delivered
 * repeatedly or out of order. At the beginning, once a minute and at the end the jobs of its run
 * are listed again: a lost create request may have taken effect late.
 */
public final class Follower {

  /** Metrics in an event's data and their display names. */
  private static final Map<String, String> LOSSES =
      new TreeMap<>(
          Map.of(
              "train_loss", "train loss",
              "valid_loss", "validation loss",
              "full_valid_loss", "full validation loss",
              "train_mean_token_accuracy", "train accuracy",
              "valid_mean_token_accuracy", "validation accuracy"));

  private static final Duration BETWEEN_LISTS = Duration.ofMinutes(1);

  private final Provider provider;
  private final Console console;
  private final Clock clock;
  private final Duration poll;
  private final Consumer<JobEvent> listener;
  private final UnaryOperator<Job> ofRun;
  private final Map<String, JsonNode> last = new TreeMap<>();
  private String shown = "";

  /**
   * Creates a follower.
   *
   * @param poll the polling interval
   * @param listener receives each event, for {@code --json}
   * @param request of the job's run, null if it is unknown
   */
  public Follower(
      Provider provider,
      Console console,
      Clock clock,
      Duration poll,
      Consumer<JobEvent> listener,
      @Nullable JobRequest request) {
    this.provider = provider;
    this.console = console;
    this.clock = clock;
    this.poll = poll;
    this.listener = listener;
    OneJob jobs = new OneJob(provider, console);
    this.ofRun = request == null ? job -> job : job -> jobs.find(request, job);
  }

  /** Returns the job when it has ended; another one if that is the one of the run that stays. */
  public Job follow(String first) {
    Set<String> known = new HashSet<>();
    String id = first;
    Instant next = Instant.MIN;
    while (true) {
      Job job = provider.job(id);
      if (job.status().isFinal() || !clock.instant().isBefore(next)) {
        next = clock.instant().plus(BETWEEN_LISTS);
        Job stays = ofRun.apply(job);
        if (!stays.id().equals(id)) {
          console.tell("following %s, the job of the run that stays".formatted(stays.id()));
          id = stays.id();
          continue;
        }
      }
      for (JobEvent event : provider.events(id, known)) {
        known.add(event.id());
        show(event);
      }
      show(job);
      if (job.status().isFinal()) {
        return job;
      }
      try {
        console.sleep(poll);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LauncherException(ExitCode.TRY_LATER, "interrupted while following", e);
      }
    }
  }

  private void show(JobEvent event) {
    listener.accept(event);
    JsonNode data = event.data();
    if (data.has("step")) {
      // Events may arrive out of order: metrics of an earlier step are ignored.
      if (!last.containsKey("step") || data.get("step").asLong() >= last.get("step").asLong()) {
        data.fields().forEachRemaining(figure -> last.put(figure.getKey(), figure.getValue()));
      }
    } else if (!event.message().isBlank()) {
      String level = event.level().equals("info") ? "" : event.level() + ": ";
      console.tell(level + event.message());
    }
  }

  private void show(Job job) {
    List<String> parts = new ArrayList<>();
    parts.add(job.providerStatus());
    progress(parts);
    if (!job.status().isFinal() && job.estimatedFinish() != null) {
      parts.add("estimated finish " + finish(job.estimatedFinish()));
    }
    String line = String.join(", ", parts);
    if (!line.equals(shown)) {
      shown = line;
      console.tell(line);
    }
  }

  /** The time, with the date if it is not today. */
  private String finish(Instant at) {
    LocalDateTime finish =
        LocalDateTime.ofInstant(at, clock.getZone()).truncatedTo(ChronoUnit.MINUTES);
    return finish.toLocalDate().equals(LocalDate.now(clock))
        ? finish.toLocalTime().toString()
        : finish.toLocalDate() + " " + finish.toLocalTime();
  }

  private void progress(List<String> parts) {
    JsonNode step = last.get("step");
    if (step == null) {
      return;
    }
    JsonNode total = last.getOrDefault("total_steps", step);
    boolean known = last.containsKey("total_steps") && total.asLong() > 0;
    parts.add(
        "step "
            + Figures.count(step.asLong())
            + (known
                ? " of %s (%s)"
                    .formatted(
                        Figures.count(total.asLong()),
                        Figures.percent(step.asLong(), total.asLong()))
                : ""));
    LOSSES.forEach(
        (key, name) -> {
          JsonNode value = last.get(key);
          if (value != null && value.isNumber()) {
            parts.add(String.format(Locale.ROOT, "%s %.4f", name, value.asDouble()));
          }
        });
  }
}
