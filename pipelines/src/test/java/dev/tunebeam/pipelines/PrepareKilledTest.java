package dev.tunebeam.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process of its own each, since it is ended from outside. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "open files are seen in /proc")
class PrepareKilledTest {

  private Path folder = Path.of("");

  @BeforeEach
  void writeInput(@TempDir Path temporary) throws IOException {
    folder = temporary;
    try (Writer rows = Files.newBufferedWriter(folder.resolve("rows.jsonl"))) {
      for (int i = 0; i < 150_000; i++) {
        rows.write(
            String.format(
                Locale.ROOT,
                "{\"prompt\": \"%s question %d\", \"completion\": \"answer %d\"}%n",
                "a long ".repeat(8),
                i,
                i));
      }
    }
  }

  @Test
  void aJobThatIsAskedToEndLeavesNoSpillFilesAndTheNextGivesTheDataset() throws Exception {
    Process job = start("exec");
    waitForSpill(job);
    job.destroy();
    assertThat(job.waitFor(1, TimeUnit.MINUTES), equalTo(true));
    assertThat(job.exitValue(), equalTo(143));
    nothingIsLeftAndTheNextJobWorks();
  }

  @Test
  void aKilledJobLeavesNoSpillFilesAndTheNextGivesTheDataset() throws Exception {
    Process job = start("exec");
    waitForSpill(job);
    job.destroyForcibly();
    assertThat(job.waitFor(1, TimeUnit.MINUTES), equalTo(true));
    assertThat(job.exitValue(), equalTo(137));
    nothingIsLeftAndTheNextJobWorks();
  }

  @Test
  void aJobThatCannotSpillSaysWhereAndWhatToDo() throws Exception {
    // A limit on the size of a file stands for a disk that is full.
    Process job = start("ulimit -f 1000; exec");
    assertThat(job.waitFor(1, TimeUnit.MINUTES), equalTo(true));
    assertThat(job.exitValue(), equalTo(1));
    assertThat(
        Files.readString(folder.resolve("said")),
        allOf(
            containsString(
                "tunebeam: cannot write to the spill folder %s: File too large. Free space there,"
                    .formatted(spills())),
            not(containsString("\tat "))));
    nothingIsLeftAndTheNextJobWorks();
  }

  private void nothingIsLeftAndTheNextJobWorks() throws Exception {
    assertThat(spilled(), empty());
    Workbench bench = new Workbench(folder);
    assertThat(bench.files("out"), not(hasKey("manifest.json")));
    bench.prepare(flags());
    assertThat(bench.manifest().at("/rows/read").asInt(), equalTo(150_000));
    try (Stream<Path> left = Files.list(folder.resolve("out"))) {
      assertThat(
          left.map(path -> path.getFileName().toString().replaceFirst("^\\.data-.*", "data"))
              .sorted()
              .toList(),
          equalTo(
              List.of(
                  "README.md",
                  "data",
                  "data",
                  "manifest.json",
                  "train-00000-of-00001.jsonl",
                  "validation-00000-of-00001.jsonl")));
    }
  }

  private Process start(String shell) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "bash",
                "-c",
                shell + " \"$@\"",
                "tunebeam",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "prepare",
                "--output=" + folder.resolve("out")));
    command.addAll(Arrays.asList(flags()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("said").toFile())
        .start();
  }

  private String[] flags() {
    return new String[] {
      "--input=" + folder.resolve("rows.jsonl"),
      "--spillLocation=" + spills(),
      "--localBufferBytes=1000000",
      "--format=completion"
    };
  }

  private Path spills() {
    return folder.resolve("spills");
  }

  private List<Path> spilled() throws IOException {
    try (Stream<Path> files = Files.list(spills())) {
      return files.toList();
    }
  }

  private static void waitForSpill(Process job) throws IOException, InterruptedException {
    Path open = Path.of("/proc", Long.toString(job.pid()), "fd");
    for (int i = 0; i < 6000; i++) {
      try (Stream<Path> files = Files.list(open)) {
        if (files.anyMatch(PrepareKilledTest::isSpill)) {
          return;
        }
      }
      Thread.sleep(10);
    }
    throw new AssertionError("the job did not spill");
  }

  private static boolean isSpill(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().contains(".spill");
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }
}
