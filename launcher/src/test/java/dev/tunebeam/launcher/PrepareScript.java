package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A stand-in for the start script, which makes the dataset that was laid out for it. */
final class PrepareScript {

  static final String START = "tunebeam.start";

  /**
   * Two at once on one folder, or a dataset that is there without leave to replace it: a failure.
   */
  private static final String SCRIPT =
      """
      #!/usr/bin/env bash
      here=$(cd "$(dirname "$0")" && pwd)
      printf '%s\n' "$@" >>"$here/arguments"
      mkdir "$here/busy" || exit 1
      echo 'the report'
      echo 'the progress' >&2
      sleep 0.2
      code=$(cat "$here/exit-code")
      for argument; do
        case $argument in
          --output=*) output=${argument#*=} ;;
          --overwrite) overwrite=yes ;;
          --dryRun) output= ;;
        esac
      done
      [ ! -f "$output/manifest.json" ] || [ -n "$overwrite" ] || code=2
      if [ "$code" = 0 ] && [ -n "$output" ]; then
        cp -R "$here/prepared/." "$output"
      fi
      rmdir "$here/busy"
      exit "$code"
      """;

  private final Path tool;

  PrepareScript() {
    this(Path.of(""));
  }

  private PrepareScript(Path tool) {
    this.tool = tool;
  }

  /** Makes the script that {@code run} starts, with a dataset to make. */
  static PrepareScript in(Path tool) throws IOException {
    Files.createDirectories(tool);
    Path script = Files.writeString(tool.resolve("tunebeam"), SCRIPT);
    assertThat(script.toFile().setExecutable(true), equalTo(true));
    PrepareScript prepare = new PrepareScript(tool);
    prepare.makes(new DatasetOnDisk());
    prepare.endsWith(0);
    System.setProperty(START, script.toString());
    return prepare;
  }

  void makes(DatasetOnDisk dataset) {
    dataset.in(tool.resolve("prepared"));
  }

  void endsWith(int code) throws IOException {
    Files.writeString(tool.resolve("exit-code"), Integer.toString(code));
  }

  List<String> arguments() throws IOException {
    Path file = tool.resolve("arguments");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }
}
