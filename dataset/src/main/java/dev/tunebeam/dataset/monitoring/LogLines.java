package dev.tunebeam.dataset.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Messages as JSON lines with {@code time}, {@code level}, {@code command} and {@code message}, for
 * collectors of logs. A line that is one already, from a command that this one started, stays.
 * Thread-safe.
 */
public final class LogLines extends OutputStream {

  private static final Pattern TIME = Pattern.compile("^\\d\\d:\\d\\d:\\d\\d  ");

  private static final JsonMapper JSON = new JsonMapper();

  private final PrintStream to;
  private final String command;
  private final Clock clock;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private LogLines(PrintStream to, String command, Clock clock) {
    this.to = to;
    this.command = command;
    this.clock = clock;
  }

  /**
   * The stream for messages: JSON lines if {@code TUNEBEAM_LOG_FORMAT} is {@code json}, else the
   * stream itself.
   */
  public static PrintStream of(
      PrintStream stream, String command, Map<String, String> variables, Clock clock) {
    return "json".equals(variables.get("TUNEBEAM_LOG_FORMAT"))
        ? new PrintStream(new LogLines(stream, command, clock), true, StandardCharsets.UTF_8)
        : stream;
  }

  @Override
  public synchronized void write(int b) {
    if (b == '\n' || b == '\r') {
      end();
    } else {
      line.write(b);
    }
  }

  @Override
  public void flush() {
    to.flush();
  }

  /** Prints a last line that has no end. */
  @Override
  public synchronized void close() {
    end();
    to.flush();
  }

  private void end() {
    String text = TIME.matcher(line.toString(StandardCharsets.UTF_8)).replaceFirst("").strip();
    line.reset();
    if (text.isEmpty()) {
      return;
    }
    to.println(text.startsWith("{\"time\":") ? text : json(text));
  }

  private String json(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("time", clock.instant().toString());
    fields.put("level", level(text));
    fields.put("command", command);
    fields.put("message", text);
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are valid JSON", e);
    }
  }

  private static String level(String text) {
    if (text.startsWith("tunebeam: warning: ") || text.startsWith("warning: ")) {
      return "warning";
    }
    return text.startsWith("tunebeam: ") ? "error" : "info";
  }
}
