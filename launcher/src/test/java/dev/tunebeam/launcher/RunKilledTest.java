package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the start script is for bash")
class RunKilledTest {

  @Test
  void aRunThatIsAskedToEndTakesPrepareWithIt(@TempDir Path folder) throws Exception {
    Path script =
        Files.writeString(
            folder.resolve("tunebeam"),
            """
            #!/usr/bin/env bash
            echo $$ >"$(dirname "$0")/pid.new"
            mv "$(dirname "$0")/pid.new" "$(dirname "$0")/pid"
            exec sleep 60
            """);
    assertThat(script.toFile().setExecutable(true), equalTo(true));
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dtunebeam.start=" + script,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "--output=" + folder.resolve("out"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile())
            .start();
    try {
      ProcessHandle prepare = started(folder.resolve("pid"));
      run.destroy();
      assertThat(run.waitFor(1, TimeUnit.MINUTES), equalTo(true));
      assertThat(run.exitValue(), equalTo(143));
      prepare.onExit().get(1, TimeUnit.MINUTES);
    } finally {
      run.destroyForcibly();
    }
  }

  private static ProcessHandle started(Path pid) throws IOException, InterruptedException {
    for (int i = 0; i < 600 && !Files.exists(pid); i++) {
      Thread.sleep(100);
    }
    return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
  }
}
