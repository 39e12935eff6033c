package dev.tunebeam.launcher.terminal;

import dev.tunebeam.dataset.terminal.Figures;
import java.util.function.LongFunction;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar at a terminal; otherwise a line per 10 %. Thread-safe. */
public final class Bar implements AutoCloseable {

  private static final int REFRESH_MILLIS = 200;
  private static final int TENTHS = 10;
  private static final long MEGABYTE = 1_000_000;

  private final Console console;
  private final String task;
  private final long total;
  private final LongFunction<String> amount;
  private final @Nullable ProgressBar bar;
  private long done;
  private long told;

  private Bar(
      Console console,
      String task,
      long total,
      LongFunction<String> amount,
      @Nullable ProgressBar bar) {
    this.console = console;
    this.task = task;
    this.total = total;
    this.amount = amount;
    this.bar = bar;
  }

  /** A progress bar in bytes, shown in kB or MB. */
  public static Bar bytes(Console console, String task, long total) {
    boolean small = total < MEGABYTE;
    return of(console, task, total, Figures::bytes, small ? "kB" : "MB", small ? 1_000 : MEGABYTE);
  }

  /** A progress bar for a count. */
  public static Bar counted(Console console, String task, long total) {
    return of(console, task, total, Figures::count, "", 1);
  }

  private static Bar of(
      Console console,
      String task,
      long total,
      LongFunction<String> amount,
      String unit,
      long size) {
    ProgressBar bar =
        console.terminal()
            ? new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setUnit(unit, size)
                .setConsumer(new ConsoleProgressBarConsumer(console.err()))
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REFRESH_MILLIS)
                .build()
            : null;
    return new Bar(console, task, total, amount, bar);
  }

  /** Advances the bar. */
  public synchronized void step(long more) {
    done = Math.min(total, done + more);
    if (bar != null) {
      bar.stepTo(done);
      return;
    }
    long tenth = total == 0 ? TENTHS : done * TENTHS / total;
    if (tenth > told) {
      told = tenth;
      console.tell("%s: %s of %s".formatted(task, amount.apply(done), amount.apply(total)));
    }
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
