package dev.tunebeam.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.dataset.terminal.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input that changes between the first look at it and the end of the job. */
class InputChangesTest {

  private final Path folder;
  private final Path input;

  InputChangesTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.input = folder.resolve("in.jsonl");
    Files.writeString(input, rows("a"));
  }

  private static String rows(String text) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      rows.append(
          String.format(
              Locale.ROOT, "{\"prompt\":\"%s %d\",\"completion\":\"b %d\"}\n", text, i, i));
    }
    return rows.toString();
  }

  private interface Change {
    void make() throws IOException;
  }

  /** Runs a command; the change is made once the plan is printed, before the job. */
  private String run(String command, Change change) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    boolean[] made = new boolean[1];
    PrintStream out =
        new PrintStream(new ByteArrayOutputStream(), false, UTF_8) {
          @Override
          public void flush() {
            super.flush();
            if (!made[0]) {
              made[0] = true;
              try {
                change.make();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          }
        };
    ExitCode code =
        new Main(out, new PrintStream(err, true, UTF_8), Clock.systemUTC(), Map.of(), null)
            .run(command, "--input=" + input, "--output=" + folder.resolve("out"), "--quiet");
    return code + " " + err.toString(UTF_8).replace(folder.toString(), "FOLDER");
  }

  private void assertNothingIsPublished(Change change) {
    assertThat(
        run("prepare", change),
        containsString(
            "FAILED tunebeam: FOLDER/in.jsonl was written, replaced or removed while it was read;"
                + " nothing was published; run again when it is complete"));
    assertThat(Files.exists(folder.resolve("out/manifest.json")), equalTo(false));
  }

  @Test
  void aFileThatGrowsFailsTheJob() {
    assertNothingIsPublished(() -> Files.writeString(input, rows("a") + rows("c")));
  }

  /** Of the same size and time, as {@code mv} leaves it. */
  @Test
  void aFileThatIsReplacedByAnotherOneFailsTheJob() throws IOException {
    FileTime time = Files.getLastModifiedTime(input);
    assertNothingIsPublished(
        () -> {
          Path other = Files.writeString(folder.resolve("other"), rows("c"));
          Files.setLastModifiedTime(other, time);
          Files.move(other, input, StandardCopyOption.REPLACE_EXISTING);
        });
  }

  @Test
  void aFileThatStaysAsItIsDoesNot() {
    assertThat(run("prepare", () -> {}), equalTo("SUCCEEDED "));
  }
}
