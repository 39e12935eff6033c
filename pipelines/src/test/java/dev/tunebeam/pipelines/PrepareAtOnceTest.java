package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import dev.tunebeam.dataset.FolderOwner;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.Workbench.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two jobs into one folder. */
class PrepareAtOnceTest {

  @TempDir private Path folder = Path.of("");

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void theSecondIsRefusedWhileTheFirstRunsAndItsDatasetIsWhole() throws Exception {
    Workbench bench = new Workbench(folder);
    input(bench, "first", 40_000);
    input(bench, "second", 20);
    Future<Finished> first = start(bench, "first");
    while (!Files.exists(bench.path("out").resolve(FolderOwner.FILE_NAME))) {
      Thread.sleep(1);
    }
    Finished second = prepare(bench, "second");
    assertThat(second.code(), is(ExitCode.TRY_LATER));
    assertThat(
        second.err(),
        matchesPattern(
            "tunebeam: --output: prepare \\(process \\d+ on \\S+, since 2026-11-20 12:00 UTC\\) is"
                + " writing to BENCH/out; run the same command when it has ended\n"));
    assertThat(first.get().code(), is(ExitCode.SUCCEEDED));
    assertThat(bench.manifest().at("/rows/read").asInt(), equalTo(40_000));
    assertThat(bench.examples().size(), equalTo(40_000));
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void oneOfTwoThatBeginInTheSameMomentIsWhole() throws Exception {
    Workbench bench = new Workbench(folder);
    input(bench, "first", 30);
    input(bench, "second", 20);
    for (int i = 0; i < 10; i++) {
      List<Future<Finished>> both = List.of(start(bench, "first"), start(bench, "second"));
      List<ExitCode> codes = new ArrayList<>();
      for (Future<Finished> each : both) {
        codes.add(each.get().code());
      }
      assertThat(codes.toString(), codes.contains(ExitCode.SUCCEEDED), is(true));
      codes.removeAll(List.of(ExitCode.SUCCEEDED, ExitCode.TRY_LATER));
      assertThat(codes, equalTo(List.of()));
      assertThat(bench.examples().size(), equalTo(bench.manifest().at("/rows/read").asInt()));
    }
  }

  private static void input(Workbench bench, String name, int rows) throws IOException {
    bench.write(
        name + ".jsonl",
        IntStream.range(0, rows)
            .mapToObj(
                i ->
                    String.format(
                        Locale.ROOT, "{\"prompt\":\"%s %d\",\"completion\":\"a\"}", name, i))
            .toArray(String[]::new));
  }

  private static Future<Finished> start(Workbench bench, String name) {
    return CompletableFuture.supplyAsync(() -> prepare(bench, name));
  }

  private static Finished prepare(Workbench bench, String name) {
    return bench.prepare("--input=" + bench.path(name + ".jsonl"), "--overwrite");
  }
}
