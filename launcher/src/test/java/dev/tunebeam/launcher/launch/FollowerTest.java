package dev.tunebeam.launcher.launch;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.provider.JobEvent;
import dev.tunebeam.launcher.provider.JobStatus;
import dev.tunebeam.launcher.terminal.Console;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowerTest {

  private static final Instant NOW = Instant.parse("2026-11-20T22:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneId.of("Europe/Berlin"));

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<String> heard = new ArrayList<>();
  private final FakeProvider provider = new FakeProvider(null);

  private Follower follower() {
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    Console console =
        new Console(stream, stream, new BufferedReader(Reader.nullReader()), false, false, CLOCK);
    return new Follower(
        provider, console, CLOCK, Duration.ofMillis(1), event -> heard.add(event.id()), null);
  }

  private static JobEvent event(String id, String level, String message) {
    return new JobEvent(id, NOW, level, message, Json.object());
  }

  private static JobEvent step(String id, int step, double loss) {
    ObjectNode data = Json.object().put("step", step).put("train_loss", loss);
    return new JobEvent(id, NOW, "info", "Step " + step, data.put("total_steps", 40));
  }

  private void looks(JobStatus... statuses) {
    for (JobStatus status : statuses) {
      provider.jobs.add(FakeProvider.job("job-1", status, 0, null));
    }
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void messagesAreShownOnceLossesInTheLineAndControlsAsEscapes() {
    looks(JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.SUCCEEDED);
    provider.events.add(List.of(event("a", "info", "Created"), event("a", "info", "Created")));
    provider.events.add(
        List.of(
            event("b", "warn", "bad \u001b[31m line"), step("c", 10, 1.5), event("a", "info", "")));
    assertThat(follower().follow("job-1").status(), is(JobStatus.SUCCEEDED));
    assertThat(
        lines(),
        contains(
            "23:00:00  Created",
            "23:00:00  Created",
            "23:00:00  queued",
            "23:00:00  warn: bad \\u001b[31m line",
            "23:00:00  running, step 10 of 40 (25.0 %), train loss 1.5000",
            "23:00:00  succeeded, step 10 of 40 (25.0 %), train loss 1.5000"));
  }

  @Test
  void anEarlierStepThatComesLateIsNoStepBack() {
    looks(JobStatus.RUNNING, JobStatus.RUNNING, JobStatus.CANCELLED);
    provider.events.add(List.of(step("a", 20, 0.5), step("b", 19, 0.6)));
    provider.events.add(List.of(step("c", 3, 2.0)));
    follower().follow("job-1");
    assertThat(
        lines(),
        contains(
            "23:00:00  running, step 20 of 40 (50.0 %), train loss 0.5000",
            "23:00:00  cancelled, step 20 of 40 (50.0 %), train loss 0.5000"));
    assertThat(heard, contains("a", "b", "c"));
  }

  @Test
  void theFinishHasItsDayWhereThatIsNotToday() {
    provider.jobs.add(
        FakeProvider.job("job-1", JobStatus.RUNNING, 0, NOW.plus(Duration.ofMinutes(59))));
    provider.jobs.add(
        FakeProvider.job("job-1", JobStatus.RUNNING, 0, NOW.plus(Duration.ofMinutes(61))));
    looks(JobStatus.FAILED);
    follower().follow("job-1");
    assertThat(
        lines(),
        contains(
            "23:00:00  running, estimated finish 23:59",
            "23:00:00  running, estimated finish 2026-11-21 00:01",
            "23:00:00  failed"));
  }

  @Test
  void whoeverIsInterruptedComesBackLater() {
    looks(JobStatus.OTHER);
    Thread.currentThread().interrupt();
    LauncherException e = assertThrows(LauncherException.class, () -> follower().follow("job-1"));
    assertTrue(Thread.interrupted());
    assertThat(e.exitCode(), is(ExitCode.TRY_LATER));
  }
}
