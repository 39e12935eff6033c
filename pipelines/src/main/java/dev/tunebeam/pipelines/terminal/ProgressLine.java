package dev.tunebeam.pipelines.terminal;

import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.Terminal;
import dev.tunebeam.dataset.terminal.TerminalText;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One line that says how far a job is, rewritten in place: {@code reading 1,234,567 rows 102,880
 * rows/s 12.0 s}. Nothing is printed where there is no terminal or the user asked for quiet.
 *
 * <pre>{@code
 * try (ProgressLine line = ProgressLine.start(job::stage, job::rows, System.err, quiet)) {
 *   job.run();
 * }
 * }</pre>
 *
 * <p>A daemon thread asks the suppliers twice a second, so they must be safe to call from another
 * thread. The rate is that of the whole time. {@link #close} clears the line.
 */
public final class ProgressLine implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(500);

  /** The narrowest usual terminal; a line that wraps cannot be rewritten. */
  private static final int WIDTH = 79;

  private final Supplier<String> stage;
  private final LongSupplier rows;
  private final PrintStream out;
  private final LongSupplier nanoTime;
  private final long begin;
  private int printed;
  private boolean closed;
  private @Nullable Thread thread;

  ProgressLine(Supplier<String> stage, LongSupplier rows, PrintStream out, LongSupplier nanoTime) {
    this.stage = stage;
    this.rows = rows;
    this.out = out;
    this.nanoTime = nanoTime;
    this.begin = nanoTime.getAsLong();
  }

  /**
   * Begins to show the line.
   *
   * @param stage what the job is at, in a word or two
   * @param rows how many rows it has seen
   * @param quiet whether nothing is to be shown
   */
  public static ProgressLine start(
      Supplier<String> stage, LongSupplier rows, PrintStream out, boolean quiet) {
    ProgressLine line = new ProgressLine(stage, rows, out, System::nanoTime);
    if (!quiet && Terminal.isAttended()) {
      line.startThread();
    }
    return line;
  }

  /** Writes the line as of now. */
  synchronized void draw() {
    if (closed) {
      return;
    }
    Duration elapsed = Duration.ofNanos(nanoTime.getAsLong() - begin);
    long seen = rows.getAsLong();
    long rate = elapsed.toMillis() == 0 ? 0 : seen * 1_000 / elapsed.toMillis();
    String line =
        "%s  %s  %s rows/s  %s"
            .formatted(
                TerminalText.oneLine(stage.get()),
                Figures.counted(seen, "row", "rows"),
                Figures.count(rate),
                Figures.duration(elapsed));
    line = TerminalText.cut(line, WIDTH);
    out.print("\r" + TerminalText.padded(line, printed));
    out.flush();
    printed = TerminalText.width(line);
  }

  /** Ends the thread and clears the line; a second time it does nothing. */
  @Override
  public synchronized void close() {
    closed = true;
    if (thread != null) {
      thread.interrupt();
    }
    if (printed > 0) {
      out.print("\r" + " ".repeat(printed) + "\r");
      out.flush();
      printed = 0;
    }
  }

  synchronized boolean isDrawing() {
    return thread != null && thread.isAlive();
  }

  synchronized Thread startThread() {
    Thread drawing = new Thread(this::drawUntilClosed, "progress");
    drawing.setDaemon(true);
    thread = drawing;
    drawing.start();
    return drawing;
  }

  private void drawUntilClosed() {
    try {
      while (true) {
        draw();
        Thread.sleep(PAUSE.toMillis());
      }
    } catch (InterruptedException e) {
      // Closed.
    } catch (RuntimeException e) {
      // The numbers cannot be had any more. The job goes on and reports its own errors.
      close();
    }
  }
}
