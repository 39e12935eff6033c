package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.tunebeam.launcher.process.Shell;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The commands of {@code docs/walkthrough.md}, one after another at one stand-in, say what the page
 * shows. Times, waits and progress are not compared; {@code …} stands for any lines.
 *
 * <p>{@code ./mvnw -pl launcher -am test -Dtest=WalkthroughTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dregenerate=true} writes what is said into the page, to
 * be read before it is committed.
 */
class WalkthroughTest extends StandInTest {

  private static final Path DOCS = Path.of("../docs/walkthrough.md");
  private static final Path EXPECTED = Path.of("../testdata/support-tickets/expected");
  private static final String PROMPT = "$ ";
  private static final String TOOL = "./tunebeam ";
  private static final String ANY = "…";
  private static final String KILLED = "Killed";

  /** A word of a command line, with or without quotes. */
  private static final Pattern WORD = Pattern.compile("'([^']*)'|([^' \\n]+)");

  /** A command of the page, which may have several lines, and what it says. */
  private record Step(String command, List<String> said) {}

  private int exitCode;

  @BeforeEach
  void theDatasetOfTheReadmeAndTheStandInOfThePage() throws IOException {
    Path out = Files.createDirectories(folder.resolve("out"));
    try (var files = Files.list(EXPECTED)) {
      for (Path file : files.toList()) {
        Files.copy(file, out.resolve(file.getFileName().toString()));
      }
    }
    standIn.behaviour().runningSteps(3).wrongPercent(40);
    variables.put("HOME", folder.toString());
    variables.remove("OPENAI_API_KEY");
    variables.remove("OPENAI_BASE_URL");
  }

  @Test
  void theTranscriptIsWhatTheCommandsSay() throws Exception {
    StringBuilder page = new StringBuilder();
    List<String> lines = Files.readAllLines(DOCS);
    int next = 0;
    while (next < lines.size()) {
      String line = lines.get(next++);
      page.append(line).append('\n');
      if (!line.equals("```")) {
        continue;
      }
      List<String> block = new ArrayList<>();
      while (!lines.get(next).equals("```")) {
        block.add(lines.get(next++));
      }
      next++;
      steps(block).forEach(step -> page.append(done(step)));
      page.append("```\n");
    }
    if (Boolean.getBoolean("regenerate")) {
      Files.writeString(DOCS, page);
    }
    assertThat(normal(page.toString()), is(normal(String.join("\n", lines) + "\n")));
  }

  /** The commands of a block; of one that shows no command a step without one. */
  private static List<Step> steps(List<String> block) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < block.size(); ) {
      StringBuilder command = new StringBuilder();
      if (block.get(i).startsWith(PROMPT)) {
        command.append(block.get(i++));
        while (command.chars().filter(c -> c == '\'').count() % 2 == 1) {
          command.append('\n').append(block.get(i++));
        }
      }
      List<String> said = new ArrayList<>();
      while (i < block.size() && !block.get(i).startsWith(PROMPT)) {
        said.add(block.get(i++));
      }
      steps.add(new Step(command.toString(), said));
    }
    return steps;
  }

  /** A step with what is said now. */
  private String done(Step step) {
    List<String> said = step.said;
    String command = step.command.isEmpty() ? "" : step.command.substring(PROMPT.length());
    if (command.startsWith("export ")) {
      words(command.substring("export ".length())).forEach(this::export);
    } else if (command.equals("echo $?")) {
      said = List.of(String.valueOf(exitCode));
    } else if (command.startsWith(TOOL) && !command.startsWith(TOOL + "prepare")) {
      List<String> now = said(words(command.substring(TOOL.length())), said.contains(KILLED));
      said = matches(said, now) ? said : now;
    }
    List<String> all = new ArrayList<>();
    if (!step.command.isEmpty()) {
      all.add(step.command);
    }
    all.addAll(said);
    return String.join("\n", all) + "\n";
  }

  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return words;
  }

  private void export(String variable) {
    int equals = variable.indexOf('=');
    variables.put(
        variable.substring(0, equals),
        variable.substring(equals + 1).replace("http://127.0.0.1:8099", standIn.root()));
  }

  private List<String> said(List<String> words, boolean killed) {
    try {
      return killed ? saidUntilKilled(words) : said(words);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> said(List<String> words) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream terminal = new PrintStream(said, true, StandardCharsets.UTF_8);
    Shell shell =
        new Shell(
            variables,
            terminal,
            terminal,
            new BufferedReader(new StringReader("")),
            false,
            clock,
            folder);
    exitCode = new Main(shell).run(words.toArray(String[]::new));
    return said.toString(StandardCharsets.UTF_8)
        .replace(folder + "/", "")
        .replaceAll("finish \\d{4}-\\d\\d-\\d\\d ", "finish ")
        .lines()
        .toList();
  }

  /** What is said by a command that is killed while it waits for the deployment. */
  private List<String> saidUntilKilled(List<String> words)
      throws IOException, InterruptedException {
    Path said = folder.resolve("said.txt");
    Process process = process(said, words.toArray(String[]::new));
    while (process.isAlive() && !Files.readString(said).contains("is being deployed")) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    process.destroyForcibly().onExit().join();
    List<String> all = new ArrayList<>(Files.readAllLines(said));
    all.add(KILLED);
    return all;
  }

  /** Whether a transcript, in which lines may be left out, is what was said. */
  private static boolean matches(List<String> page, List<String> now) {
    StringBuilder pattern = new StringBuilder();
    for (String line : normal(String.join("\n", page)).lines().toList()) {
      pattern.append(line.equals(ANY) ? "(?:.*\n)*" : Pattern.quote(line) + "\n");
    }
    return Pattern.matches(
        pattern.toString(),
        normal(String.join("\n", now)).lines().map(line -> line + "\n").reduce("", String::concat));
  }

  private static String normal(String text) {
    return text.replaceAll("(?m)^\\d\\d:\\d\\d:\\d\\d  evaluating: .*\n", "")
        .replaceAll("(?m)^\\d\\d:\\d\\d:\\d\\d  ", "hh:mm:ss  ")
        .replaceAll("estimated finish \\d\\d:\\d\\d", "estimated finish hh:mm")
        .replaceAll("waiting [0-9.]+ s:", "waiting:");
  }
}
