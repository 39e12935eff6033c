package dev.tunebeam.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.Shell;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a shell completes with the script. */
class CompletionTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Path folder;

  CompletionTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private int run(String... arguments) {
    return new Main(
            new Shell(
                Map.of(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                new BufferedReader(new StringReader("")),
                false,
                Clock.systemUTC(),
                folder))
        .run(arguments);
  }

  /** What bash completes to the last of these words, one a line. */
  private String completed(String... words) throws IOException, InterruptedException {
    assertThat(run("completion", "bash"), equalTo(ExitCode.SUCCEEDED.code()));
    Path script = Files.writeString(folder.resolve("script"), out.toString(UTF_8));
    Path answer = folder.resolve("answer");
    String asked =
        "set -eu; . \"$0\"; complete -p tunebeam >/dev/null; COMP_WORDS=(\"$@\");"
            + " COMP_CWORD=$(($# - 1)); COMPREPLY=(); _tunebeam; printf '%s\\n' \"${COMPREPLY[@]}\"";
    Process bash =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of("bash", "--norc", "-c", asked, script.toString()),
                        Stream.of(words))
                    .toList())
            .redirectErrorStream(true)
            .redirectOutput(answer.toFile())
            .start();
    int code = bash.waitFor();
    assertThat(Files.readString(answer), code, equalTo(0));
    return Files.readString(answer);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for bash")
  void bashCompletesCommandsAndTheFlagsOfJobsAndLauncher() throws Exception {
    assertThat(completed("tunebeam", "prepare", "--inp"), equalTo("--input\n--inputFormat\n"));
    assertThat(completed("./tunebeam", "inspect", "--js"), equalTo("--json\n"));
    assertThat(completed("tunebeam", "launch", "out", "--bud"), equalTo("--budget\n"));
    assertThat(completed("tunebeam", "res"), equalTo("resume\nresults\n"));
    assertThat(completed("tunebeam", "completion", ""), equalTo("bash\nzsh\n"));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for bash")
  void whatIsNoFlagIsAFile() throws Exception {
    assertThat(completed("tunebeam", "prepare", "--input", "=", "a"), equalTo("\n"));
    assertThat(completed("tunebeam", "launch", ""), equalTo("\n"));
  }

  @Test
  void zshTakesTheSameScriptAfterItsOwnLines() {
    assertThat(run("completion", "bash"), equalTo(ExitCode.SUCCEEDED.code()));
    String bash = out.toString(UTF_8);
    out.reset();
    assertThat(run("completion", "zsh"), equalTo(ExitCode.SUCCEEDED.code()));
    assertThat(
        out.toString(UTF_8),
        equalTo(
            """
            autoload -Uz compinit bashcompinit
            (( $+functions[compdef] )) || compinit
            bashcompinit
            """
                + bash));
  }

  @Test
  void anotherShellIsRefused() {
    assertThat(run("completion", "fish"), equalTo(ExitCode.WRONG_USE.code()));
    assertThat(
        err.toString(UTF_8),
        equalTo(
            "tunebeam: the shell must be bash or zsh, not 'fish'; ./tunebeam completion --help"
                + " lists the flags\n"));
  }
}
