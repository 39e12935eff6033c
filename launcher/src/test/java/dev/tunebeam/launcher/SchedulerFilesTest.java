package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.dataset.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files in docs/nightly do with each exit code what its meaning asks for. */
class SchedulerFilesTest {

  private static final Path FOLDER = Path.of("..", "docs", "nightly");

  /** Those that a retry may turn into a success. */
  private static final EnumSet<ExitCode> RETRIED = EnumSet.of(ExitCode.FAILED, ExitCode.TRY_LATER);

  /** Those that are no failure. */
  private static final EnumSet<ExitCode> GOOD =
      EnumSet.of(ExitCode.SUCCEEDED, ExitCode.NOTHING_NEW);

  private static String notRetried(String between) {
    EnumSet<ExitCode> codes = EnumSet.complementOf(RETRIED);
    codes.removeAll(GOOD);
    return codes.stream()
        .map(code -> String.valueOf(code.code()))
        .collect(Collectors.joining(between));
  }

  @ParameterizedTest
  @CsvSource({
    "tickets.service, 'RestartPreventExitStatus=%s', ' '",
    "cronjob.yaml, 'values: [%s]', ', '",
    "tickets_dag.py, 'NOT_RETRIED = {%s}', ', '",
  })
  void whatIsAMatterForAPersonIsNotRetried(String file, String text, String between)
      throws IOException {
    assertThat(
        Files.readString(FOLDER.resolve(file)),
        containsString(text.formatted(notRetried(between)) + "\n"));
  }

  @ParameterizedTest
  @CsvSource({"night.sh", "github.yml"})
  void whatMayPassIsRetried(String file) throws IOException {
    String codes =
        RETRIED.stream()
            .map(code -> String.valueOf(code.code()))
            .collect(Collectors.joining(" | "));
    assertThat(
        Files.readString(FOLDER.resolve(file)), containsString(" %s) sleep ".formatted(codes)));
  }

  @Test
  void nothingNewIsNoFailure() throws IOException {
    int code = ExitCode.NOTHING_NEW.code();
    assertThat(
        Files.readString(FOLDER.resolve("tickets.service")),
        containsString("SuccessExitStatus=%s\n".formatted(code)));
    assertThat(
        Files.readString(FOLDER.resolve("tickets_dag.py")),
        containsString("NOTHING_NEW = %s\n".formatted(code)));
    assertThat(ExitCode.SUCCEEDED.code(), equalTo(0));
  }
}
