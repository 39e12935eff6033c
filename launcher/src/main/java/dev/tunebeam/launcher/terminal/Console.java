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

  private final PrintStream out;
  private final PrintStream err;
  private final BufferedReader in;
  private final boolean terminal;
  private final boolean json;
  private final Clock clock;

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
      Clock clock) {
    this.out = out;
    this.err = err;
    this.in = in;
    this.terminal = terminal;
    this.json = json;
    this.clock = clock;
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
    LocalTime now = LocalTime.ofInstant(clock.instant(), clock.getZone());
    err.println(TIME.format(now) + "  " + TerminalText.oneLine(line));
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
    tell("waiting %s: %s".formatted(Figures.duration(time), why));
  }

  @Override
  public void sleep(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }
}
