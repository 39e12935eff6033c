package dev.tunebeam.dataset.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TerminalProgressTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);
  private final List<String> lines = new ArrayList<>();

  @Test
  void rowsAreShownWithTheirStageRateAndTime() {
    assertThat(
        List.of(
            TerminalProgress.rowsLine("reading", 0, Duration.ZERO),
            TerminalProgress.rowsLine("de\nduplicating", 1_234_567, Duration.ofMillis(2_500)),
            TerminalProgress.rowsLine("writing", 1, Duration.ofMillis(63_500))),
        contains(
            "reading  0 rows  0 rows/s  0.0 s",
            "de\\nduplicating  1,234,567 rows  493,826 rows/s  2.5 s",
            "writing  1 row  0 rows/s  1 min 03 s"));
  }

  @Test
  void atATerminalTheLineOfRowsIsRewrittenAndClearedAtTheEnd() {
    TerminalProgress progress = TerminalProgress.ofRows(out, true, () -> "s".repeat(200), () -> 1);
    while (bytes.size() == 0) {
      Thread.onSpinWait();
    }
    progress.close();
    String cut = "\r" + "s".repeat(78) + "…";
    assertThat(printed(), startsWith(cut));
    assertThat(printed().replace(cut, ""), is("\r" + " ".repeat(79) + "\r"));
  }

  @Test
  void withoutATerminalAShortJobLeavesNoLine() {
    TerminalProgress.ofRows(out, false, () -> "reading", () -> 1).close();
    assertThat(printed(), is(""));
  }

  @Test
  void withoutATerminalATotalIsToldByTenths() {
    try (var progress = TerminalProgress.ofBytes(null, lines::add, "uploading", 2_000)) {
      for (int i = 0; i < 4; i++) {
        progress.step(199);
      }
      progress.step(9_999);
    }
    try (var progress = TerminalProgress.ofCount(null, lines::add, "asking", 0)) {
      progress.step(0);
    }
    assertThat(
        lines,
        contains(
            "uploading: 398 B of 2.0 kB",
            "uploading: 597 B of 2.0 kB",
            "uploading: 796 B of 2.0 kB",
            "uploading: 2.0 kB of 2.0 kB",
            "asking: 0 of 0"));
  }

  @Test
  void atATerminalATotalIsABarThatStays() {
    try (var progress = TerminalProgress.ofCount(out, lines::add, "asking", 20)) {
      progress.step(15);
      progress.step(15);
    }
    assertThat(printed(), matchesPattern("(?s).*asking 100% \\[=+] 20/20 .*"));
    assertThat(printed(), endsWith("\n"));
    assertThat(lines, is(empty()));
  }

  private String printed() {
    return bytes.toString(UTF_8);
  }
}
