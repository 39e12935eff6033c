package dev.tunebeam.launcher.terminal;

import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.TerminalText;
import dev.tunebeam.launcher.process.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The output of a command. Results go to stdout; progress messages go to stderr with a timestamp.
 * With {@code --json} stdout contains JSON only. No colors. Thread-safe.
 */
public final class Console implements Waiting {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  /** A wait from here on says when it ends. */
  private static final Duration LONG = Duration.ofSeconds(10);

  private final PrintStream out;
  private final PrintStream err;
  private final BufferedReader in;
  private final boolean terminal;
  private final boolean json;
  private final Clock clock;
  private final Sleep sleep;

  /** How waits pass; a test's take no time. */
  @FunctionalInterface
  public interface Sleep {

    /** Returns after the time. */
    void sleep(Duration time) throws InterruptedException;
  }

  /** As below, with waits in real time. */
  public Console(
      PrintStream out,
      PrintStream err,
      BufferedReader in,
      boolean terminal,
      boolean json,
      Clock clock) {
    this(out, err, in, terminal, json, clock, time -> Thread.sleep(time.toMillis()));
  }

  /**
   * Creates a console.
   *
   * @param terminal whether it is interactive
   * @param json whether stdout contains JSON only
   */
  public Console(
      PrintStream out,
      PrintStream err,
      BufferedReader in,
      boolean terminal,
      boolean json,
      Clock clock,
      Sleep sleep) {
    this.out = out;
    this.err = err;
    this.in = in;
    this.terminal = terminal;
    this.json = json;
    this.clock = clock;
    this.sleep = sleep;
  }

  /** Whether it is interactive: it can show progress bars and ask for confirmation. */
  public boolean terminal() {
    return terminal;
  }

  /** Whether stdout contains JSON only. */
  public boolean json() {
    return json;
  }

  /** The stream for progress bars; null if not interactive. */
  public @Nullable PrintStream bars() {
    return terminal ? err : null;
  }

  /** Prints a line of the result; nothing with {@code --json}. */
  public synchronized void say(String line) {
    if (!json) {
      out.println(TerminalText.printable(line));
    }
  }

  /** Prints lines of the result; nothing with {@code --json}. */
  public void say(List<String> lines) {
    lines.forEach(this::say);
  }

  /** Prints the result as JSON on one line; nothing without {@code --json}. */
  public synchronized void json(Object value) {
    if (json) {
      out.println(JsonOutput.line(value));
    }
  }

  /** Prints a progress message with a timestamp. Control characters in it are escaped. */
  public synchronized void tell(String line) {
    err.println(time(clock.instant()) + "  " + TerminalText.oneLine(line));
  }

  /** A time of day as progress messages have it, {@code 14:05:09}. */
  public String time(Instant at) {
    return TIME.format(LocalTime.ofInstant(at, clock.getZone()));
  }

  /**
   * Asks for confirmation; only y and yes confirm.
   *
   * @return false also at the end of input
   */
  public boolean confirmed(String question) {
    err.print(question + " [y/N] ");
    err.flush();
    try {
      String answer = in.readLine();
      return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void announce(String why, Duration time) {
    String until = time.compareTo(LONG) < 0 ? "" : ", until " + time(clock.instant().plus(time));
    tell("waiting %s%s: %s".formatted(Figures.duration(time), until, why));
  }

  @Override
  public void sleep(Duration time) throws InterruptedException {
    sleep.sleep(time);
  }
}
