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
 * What the user sees. Results go to the standard output; what happens on the way goes to the
 * standard error, each line after the time. With {@code --json} the standard output holds JSON
 * alone. Nothing is coloured. Thread-safe.
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
   * A console.
   *
   * @param terminal whether a person sits in front of it
   * @param json whether the standard output is for a program
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

  /** Whether a person sits in front of it, who can answer and likes a bar. */
  public boolean terminal() {
    return terminal;
  }

  /** Whether the standard output is for a program. */
  public boolean json() {
    return json;
  }

  /** Where bars are drawn; null where nobody sits in front of it. */
  public @Nullable PrintStream bars() {
    return terminal ? err : null;
  }

  /** A line of the result; for people only. */
  public synchronized void say(String line) {
    if (!json) {
      out.println(TerminalText.printable(line));
    }
  }

  /** Lines of the result; for people only. */
  public void say(List<String> lines) {
    lines.forEach(this::say);
  }

  /** The result for a program: JSON on one line. Nothing where it is for people. */
  public synchronized void json(Object value) {
    if (json) {
      out.println(JsonOutput.line(value));
    }
  }

  /** Something that happened, after the time. Its text may come from elsewhere. */
  public synchronized void tell(String line) {
    LocalTime now = LocalTime.ofInstant(clock.instant(), clock.getZone());
    err.println(TIME.format(now) + "  " + TerminalText.oneLine(line));
  }

  /**
   * Asks for a yes; anything but y and yes is a no.
   *
   * @return false also at the end of the input
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
