package dev.tunebeam.dataset.terminal;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellCommandTest {

  @AfterEach
  void asBefore() {
    System.clearProperty(ShellCommand.CALLED);
  }

  @Test
  void onlyWordsThatNeedThemAreQuotedAndOfAFlagItsValue() {
    assertThat(
        ShellCommand.tunebeam("prepare", "--recipe=my recipe.yaml", "--output=out", "--stop="),
        is("./tunebeam prepare --recipe='my recipe.yaml' --output=out --stop="));
    assertThat(ShellCommand.tunebeam("launch", "Ada's $1"), is("./tunebeam launch 'Ada'\\''s $1'"));
    assertThat(ShellCommand.tunebeam("launch", ""), is("./tunebeam launch ''"));
  }

  @Test
  void theNameIsTheOneThatTheStartScriptWasCalledBy() {
    System.setProperty(ShellCommand.CALLED, "/opt/my tools/tunebeam");
    assertThat(ShellCommand.tunebeam("models"), is("'/opt/my tools/tunebeam' models"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a b", "a'b", "$HOME", "`id`", "a\"b", "a\\b", "~", "*", "!x", "é", "a;b", "#a"})
  void aShellReadsTheWordAsItWas(String word, @TempDir Path folder) throws IOException {
    Path script =
        Files.writeString(folder.resolve("a.sh"), "printf %s " + ShellCommand.quoted(word));
    Process shell = new ProcessBuilder("sh", script.toString()).start();
    String read = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(read, is(word));
  }
}
