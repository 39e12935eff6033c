package dev.tunebeam.dataset.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.sameInstance;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogLinesTest {

  private final Clock clock = Clock.fixed(Instant.parse("2026-11-21T02:00:00Z"), ZoneOffset.UTC);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(out, true, UTF_8);

  @Test
  void eachLineIsAnObjectAndOneThatIsOneAlreadyStays() {
    PrintStream log = LogLines.of(stream, "launch", Map.of("TUNEBEAM_LOG_FORMAT", "json"), clock);
    log.println("14:05:09  uploading “träin”");
    log.println("tunebeam: warning: lineage at host: not delivered");
    log.print("tunebeam: no such ");
    log.print("folder\n\n");
    log.println("{\"time\":\"2026-11-21T01:00:00Z\",\"level\":\"info\"}");
    log.print("the last line");
    log.close();
    assertThat(
        out.toString(UTF_8).lines().toList(),
        equalTo(
            """
            {"time":"2026-11-21T02:00:00Z","level":"info","command":"launch","message":"uploading “träin”"}
            {"time":"2026-11-21T02:00:00Z","level":"warning","command":"launch","message":"tunebeam: warning: lineage at host: not delivered"}
            {"time":"2026-11-21T02:00:00Z","level":"error","command":"launch","message":"tunebeam: no such folder"}
            {"time":"2026-11-21T01:00:00Z","level":"info"}
            {"time":"2026-11-21T02:00:00Z","level":"info","command":"launch","message":"the last line"}
            """
                .lines()
                .toList()));
  }

  @Test
  void withoutTheVariableTheStreamIsTheSame() {
    assertThat(LogLines.of(stream, "launch", Map.of(), clock), sameInstance(stream));
  }
}
