package dev.tunebeam.dataset.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Progress output: at a terminal one line, updated in place; otherwise plain lines, one per 10 % of
 * a known total, else one per minute. Thread-safe.
 */
public final class TerminalProgress implements AutoCloseable {

  private static final int REFRESH_MILLIS = 200;
  private static final int MINUTE_MILLIS = 60_000;

  /** The usual minimum width of a terminal; a wrapped line cannot be updated in place. */
  private static final int WIDTH = 79;

  private static final int TENTHS = 10;
  private static final long MEGABYTE = 1_000_000;

  private final @Nullable ProgressBar bar;
  private final LongConsumer onStep;

  private final Runnable atEnd;

  private TerminalProgress(@Nullable ProgressBar bar, LongConsumer onStep, Runnable atEnd) {
    this.bar = bar;
    this.onStep = onStep;
    this.atEnd = atEnd;
  }

  /**
   * A progress bar in bytes, shown in MB.
   *
   * @param terminal the stream of an interactive terminal, null if there is none
   * @param lines receives plain lines if there is no terminal
   */
  public static TerminalProgress ofBytes(
      @Nullable PrintStream terminal, Consumer<String> lines, String task, long total) {
    boolean small = total < MEGABYTE;
    return terminal == null
        ? ofTenths(lines, task, total, Figures::bytes)
        : ofBar(terminal, task, total, small ? "kB" : "MB", small ? 1_000 : MEGABYTE);
  }

  /** A progress bar for a count, with the parameters of {@link #ofBytes}. */
  public static TerminalProgress ofCount(
      @Nullable PrintStream terminal, Consumer<String> lines, String task, long total) {
    return terminal == null
        ? ofTenths(lines, task, total, Figures::count)
        : ofBar(terminal, task, total, "", 1);
  }

  /**
   * Progress of rows with an unknown total: {@code reading 1,234,567 rows 102,880 rows/s 12.0 s};
   * cleared at the end. The suppliers are called from another thread.
   *
   * @param out a terminal or a log
   * @param attended whether it is a terminal
   * @param stage the current stage, in a word or two
   * @param rows the number of rows so far
   */
  public static TerminalProgress ofRows(
      PrintStream out, boolean attended, Supplier<String> stage, LongSupplier rows) {
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setInitialMax(-1)
            .setUpdateIntervalMillis(attended ? REFRESH_MILLIS : MINUTE_MILLIS)
            .setConsumer(attended ? new ClearedLine(out) : new MinuteLines(out))
            .setRenderer(
                (state, width) -> rowsLine(stage.get(), rows.getAsLong(), state.getTotalElapsed()))
            .continuousUpdate()
            .clearDisplayOnFinish();
    return new TerminalProgress(builder.build(), more -> {}, () -> {});
  }

  /** The rate is the average since the start. */
  static String rowsLine(String stage, long rows, Duration elapsed) {
    long rate = elapsed.toMillis() == 0 ? 0 : rows * 1_000 / elapsed.toMillis();
    return "%s  %s  %s rows/s  %s"
        .formatted(
            TerminalText.oneLine(stage),
            Figures.counted(rows, "row", "rows"),
            Figures.count(rate),
            Figures.duration(elapsed));
  }

  private static TerminalProgress ofBar(
      PrintStream terminal, String task, long total, String unit, long size) {
    LastingLine line = new LastingLine(terminal);
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .setUnit(unit, size)
            .setConsumer(line)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(REFRESH_MILLIS)
            .build();
    return new TerminalProgress(
        bar, done -> bar.stepTo(Math.min(total, bar.getCurrent() + done)), line::close);
  }

  private static TerminalProgress ofTenths(
      Consumer<String> lines, String task, long total, LongFunction<String> amount) {
    return new TerminalProgress(null, new Tenths(lines, task, total, amount)::step, () -> {});
  }

  /** Advances the bar. */
  public synchronized void step(long more) {
    onStep.accept(more);
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
    }
    atEnd.run();
  }

  private static final class Tenths {

    private final Consumer<String> lines;
    private final String task;
    private final long total;
    private final LongFunction<String> amount;
    private long done;
    private long told;

    Tenths(Consumer<String> lines, String task, long total, LongFunction<String> amount) {
      this.lines = lines;
      this.task = task;
      this.total = total;
      this.amount = amount;
    }

    void step(long more) {
      done = Math.min(total, done + more);
      long tenth = total == 0 ? TENTHS : done * TENTHS / total;
      if (tenth > told) {
        told = tenth;
        lines.accept("%s: %s of %s".formatted(task, amount.apply(done), amount.apply(total)));
      }
    }
  }

  /**
   * A progress line that is kept. Ends itself once, since the library may end it late, or never if
   * drawing fails.
   */
  private static final class LastingLine extends ConsoleProgressBarConsumer {

    private boolean ended;

    LastingLine(PrintStream out) {
      super(out, WIDTH);
    }

    @Override
    public synchronized void accept(String line) {
      if (!ended) {
        super.accept(line);
      }
    }

    @Override
    public synchronized void close() {
      if (!ended) {
        ended = true;
        super.close();
      }
    }
  }

  /** A progress line that is cleared at the end. */
  private static final class ClearedLine extends ConsoleProgressBarConsumer {

    private final PrintStream out;

    ClearedLine(PrintStream out) {
      super(out, WIDTH);
      this.out = out;
    }

    @Override
    public void accept(String line) {
      out.print("\r" + TerminalText.padded(TerminalText.cut(line, WIDTH), WIDTH));
      out.flush();
    }

    @Override
    public void clear() {
      accept("");
      out.print("\r");
    }

    @Override
    public void close() {
      out.flush();
    }
  }

  /** Prints a line per minute to a log. */
  private static final class MinuteLines extends ConsoleProgressBarConsumer {

    private final PrintStream out;
    private long last = System.nanoTime();

    MinuteLines(PrintStream out) {
      super(out, WIDTH);
      this.out = out;
    }

    @Override
    public void accept(String line) {
      long now = System.nanoTime();
      // The timer may be early by a little.
      if (now - last >= Duration.ofMillis(MINUTE_MILLIS - REFRESH_MILLIS).toNanos()) {
        last = now;
        out.println(line);
      }
    }

    @Override
    public void clear() {}

    @Override
    public void close() {
      out.flush();
    }
  }
}
