package dev.tunebeam.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.Workbench.Finished;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the README: its dataset, byte for byte, and what the README shows of it. */
class SupportTicketsTest {

  private static final Path ROOT = Path.of("..");
  private static final String EXAMPLE = "testdata/support-tickets";

  private final Path folder;
  private final Workbench bench;
  private final SortedMap<String, String> expected;

  SupportTicketsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    bench = new Workbench(folder);
    expected = new Workbench(ROOT).files(EXAMPLE + "/expected");
  }

  @Test
  void theRecipeGivesTheExpectedFolderAndTheReportOfTheReadme() throws IOException {
    Finished finished = bench.prepare("--recipe=../" + EXAMPLE + "/recipe.yaml");
    assertThat(finished.err(), finished.code(), equalTo(ExitCode.SUCCEEDED));
    if (Boolean.getBoolean("regenerate")) {
      regenerate();
    }
    isTheExpectedFolder();
    assertThat(
        "../" + unwrapped(transcript()).replaceAll("\\([0-9.]+ s\\)", "(0.0 s)"),
        equalTo(
            "../" + finished.out().replace("BENCH/out", "out").replace("../testdata", "testdata")));
  }

  @Test
  void theReadmeShowsWhatInspectAndPrepareSay() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"), UTF_8);
    Finished inspected =
        bench.inspect(
            "--input=../" + EXAMPLE + "/tickets.csv",
            "--prompt={{Subject}}: {{Body}}",
            "--completion={{Queue}}",
            "--recipeOut=" + bench.path("queues.yaml"));
    isShown(readme, "--recipeOut=queues.yaml\n", inspected);
    isShown(
        readme,
        "--output=tickets\n",
        bench.prepare(
            "--recipe=" + bench.path("queues.yaml"), "--output=" + bench.path("tickets")));
  }

  /** The lines after a command; {@code …} stands for any. */
  private static void isShown(String page, String command, Finished finished) {
    int begin = page.indexOf(command) + command.length();
    String shown =
        unwrapped(page.substring(begin, page.indexOf("```", begin)))
            .replaceAll("\\([0-9.]+ s\\)", "(0.0 s)");
    String pattern =
        Stream.of(shown.split("(?m)^…\n", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining("(?s:.*)"));
    assertThat(
        finished.out().replace("BENCH/", "").replaceAll("[^\\s(]*/testdata/", "testdata/"),
        matchesPattern(pattern));
  }

  @Test
  void theCommandOfTheReadmeGivesTheExpectedFolder() throws Exception {
    for (String file : List.of("/recipe.yaml", "/tickets.csv")) {
      bench.write(EXAMPLE + file, Files.readAllBytes(ROOT.resolve(EXAMPLE + file)));
    }
    List<String> command =
        new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow()));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(
        List.of("-cp", absolute(System.getProperty("java.class.path")), Main.class.getName()));
    command.addAll(List.of(readmeCommand().substring("./tunebeam ".length()).split(" ", -1)));
    command.add("--logFile=" + folder.resolve("log"));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("stdout").toFile())
            .redirectError(folder.resolve("stderr").toFile())
            .start();
    assertThat(process.waitFor(3, TimeUnit.MINUTES), equalTo(true));
    assertThat(Files.readString(folder.resolve("stderr")), equalTo(""));
    assertThat(process.exitValue(), equalTo(0));
    isTheExpectedFolder();
  }

  /**
   * {@code ./mvnw -pl pipelines -am test -Dtest=SupportTicketsTest
   * -Dsurefire.failIfNoSpecifiedTests=false -Dregenerate=true}, to be read before it is committed.
   */
  private void regenerate() throws IOException {
    Path target = ROOT.resolve(EXAMPLE + "/expected");
    for (String file : expected.keySet()) {
      Files.delete(target.resolve(file));
    }
    expected.clear();
    expected.putAll(bench.files("out"));
    for (Map.Entry<String, String> file : expected.entrySet()) {
      Files.writeString(target.resolve(file.getKey()), file.getValue());
    }
  }

  private void isTheExpectedFolder() throws IOException {
    SortedMap<String, String> out = bench.files("out");
    assertThat(out.keySet(), equalTo(expected.keySet()));
    expected.forEach((file, content) -> assertThat(file, out.get(file), equalTo(content)));
  }

  private static String readmeCommand() throws IOException {
    return Files.readAllLines(ROOT.resolve("README.md"), UTF_8).stream()
        .filter(line -> line.startsWith("./tunebeam prepare --recipe=" + EXAMPLE))
        .findFirst()
        .orElseThrow();
  }

  /** The report in the docs. */
  private static String transcript() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/prepare.md"), UTF_8);
    int begin = page.indexOf("\nDataset out (") + 1;
    return page.substring(begin, page.indexOf("```", begin));
  }

  private static String unwrapped(String text) {
    return text.replace("\n      ", " ");
  }

  private static String absolute(String classPath) {
    List<String> absolute = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      absolute.add(Path.of(entry).toAbsolutePath().toString());
    }
    return String.join(File.pathSeparator, absolute);
  }
}
