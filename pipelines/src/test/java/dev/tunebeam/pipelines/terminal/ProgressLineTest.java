package dev.tunebeam.pipelines.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);
  private final AtomicLong nanos = new AtomicLong(5_000_000_000L);
  private final AtomicLong rows = new AtomicLong();
  private final AtomicReference<String> stage = new AtomicReference<>("reading");

  @Test
  void eachLineIsWrittenOverTheOneBeforeAndCoversIt() {
    ProgressLine line = new ProgressLine(stage::get, rows::get, out, nanos::get);
    line.draw();
    after(2_500, 1_234_567, "deduplicating");
    line.draw();
    after(61_000, 1, "writing");
    line.draw();
    assertThat(
        printed(),
        is(
            "\rreading  0 rows  0 rows/s  0.0 s"
                + "\rdeduplicating  1,234,567 rows  493,826 rows/s  2.5 s"
                + "\rwriting  1 row  0 rows/s  1 min 03 s                "));
  }

  @Test
  void closingClearsTheLineOnceAndNothingIsDrawnAfterwards() {
    ProgressLine line = new ProgressLine(stage::get, rows::get, out, nanos::get);
    line.draw();
    bytes.reset();
    line.close();
    line.close();
    line.draw();
    assertThat(printed(), is("\r" + " ".repeat(32) + "\r"));
  }

  @Test
  void aLineThatWasNeverDrawnIsNotCleared() {
    new ProgressLine(stage::get, rows::get, out, nanos::get).close();
    assertThat(printed(), is(""));
  }

  @Test
  void aLongStageDoesNotWrap() {
    stage.set("s".repeat(200));
    new ProgressLine(stage::get, rows::get, out, nanos::get).draw();
    assertThat(printed(), is("\r" + "s".repeat(78) + "…"));
  }

  @Test
  void quietPrintsNothing() {
    try (ProgressLine line = ProgressLine.start(stage::get, rows::get, out, true)) {
      assertThat(line.isDrawing(), is(false));
    }
    assertThat(printed(), is(""));
  }

  @Test
  void suppliersThatFailEndTheLineAndNotTheJob() throws InterruptedException {
    ProgressLine line =
        new ProgressLine(
            () -> {
              throw new IllegalStateException("no numbers any more");
            },
            rows::get,
            out,
            nanos::get);
    line.startThread().join();
    assertThat(printed(), is(""));
    line.draw();
    assertThat(printed(), is(""));
  }

  @Test
  void theThreadDrawsAtOnceAndEndsWithTheLine() throws InterruptedException {
    ProgressLine line = new ProgressLine(stage::get, rows::get, out, nanos::get);
    Thread thread = line.startThread();
    assertThat(thread.isDaemon(), is(true));
    while (bytes.size() == 0) {
      Thread.onSpinWait();
    }
    line.close();
    thread.join();
    assertThat(printed(), is("\rreading  0 rows  0 rows/s  0.0 s\r" + " ".repeat(32) + "\r"));
  }

  private void after(long millis, long seen, String at) {
    nanos.addAndGet(millis * 1_000_000);
    rows.set(seen);
    stage.set(at);
  }

  private String printed() {
    return bytes.toString(UTF_8);
  }
}
