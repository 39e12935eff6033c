package dev.tunebeam.launcher.evaluate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.inference.Answer;
import dev.tunebeam.launcher.inference.InferenceRequest;
import dev.tunebeam.launcher.inference.TokenProbability;
import dev.tunebeam.launcher.process.Impatient;
import dev.tunebeam.launcher.process.LauncherException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptAnswersTest {

  private static final KeptAnswers.Source SOURCE =
      new KeptAnswers.Source("ft:one/a", "openai", "https://api.openai.com/v1/", false);

  @TempDir private Path folder = Path.of("");
  private final List<String> told = new ArrayList<>();

  private static Answer answer(String text) {
    return new Answer(text, List.of(new TokenProbability(text, -0.5)), false, 12, 1);
  }

  private void add(KeptAnswers answers, String question, String text) {
    answers.appending(
        Duration.ZERO,
        new Impatient(),
        appender -> {
          appender.add(question, answer(text));
          return true;
        });
  }

  private Map<String, Answer> all(KeptAnswers answers) {
    return answers.to(Set.of("q1", "q2", "q3"), told::add);
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).findFirst().orElseThrow();
    }
  }

  @Test
  void anAnswerIsFoundByModelAndQuestionAndTheLaterOneCounts() throws IOException {
    KeptAnswers answers = new KeptAnswers(folder, SOURCE);
    assertThat(all(answers), is(Map.of()));
    add(answers, "q1", "old");
    add(answers, "q1", "new");
    add(answers, "q2", "other");
    add(answers, "not asked", "x");
    assertThat(
        all(new KeptAnswers(folder, SOURCE)),
        is(Map.of("q1", answer("new"), "q2", answer("other"))));
    assertThat(
        Files.readAllLines(file()).subList(0, 2),
        contains(
            "{\"model\":\"ft:one/a\",\"provider\":\"openai\","
                + "\"baseUrl\":\"https://api.openai.com/v1/\",\"deployed\":false}",
            "{\"question\":\"q1\",\"answer\":\"old\",\"firstToken\":[{\"token\":\"old\","
                + "\"logProbability\":-0.5}],\"inputTokens\":12,\"outputTokens\":1}"));
    assertThat(told, empty());
  }

  @Test
  void anotherModelAddressOrDeploymentHasNothingOfIt() {
    add(new KeptAnswers(folder, SOURCE), "q1", "old");
    for (KeptAnswers.Source other :
        List.of(
            new KeptAnswers.Source("ft:one-a", SOURCE.provider(), SOURCE.baseUrl(), false),
            new KeptAnswers.Source(SOURCE.model(), "azure", SOURCE.baseUrl(), false),
            new KeptAnswers.Source(SOURCE.model(), SOURCE.provider(), "https://other/v1/", false),
            new KeptAnswers.Source(SOURCE.model(), SOURCE.provider(), SOURCE.baseUrl(), true))) {
      assertThat(all(new KeptAnswers(folder, other)), is(Map.of()));
    }
  }

  @Test
  void aLineThatAKilledProcessHasBegunIsRemovedByTheNext() throws IOException {
    KeptAnswers answers = new KeptAnswers(folder, SOURCE);
    add(answers, "q1", "one");
    String whole = Files.readString(file());
    for (String begun :
        List.of(
            "{\"question\":\"q2\",\"ans", "\0\0\0", "{", "{\"question\":\"" + "q".repeat(999))) {
      Files.writeString(file(), whole + begun);
      assertThat(all(answers), is(Map.of("q1", answer("one"))));
      add(answers, "q3", "three");
      assertThat(all(answers), is(Map.of("q1", answer("one"), "q3", answer("three"))));
    }
    assertThat(told, empty());
    // Killed within the first line.
    Files.writeString(file(), "{\"model\":");
    assertThrows(LauncherException.class, () -> all(answers));
    add(answers, "q1", "again");
    assertThat(all(answers), is(Map.of("q1", answer("again"))));
  }

  @Test
  void aDamagedLineIsLeftOutAndTold() throws IOException {
    KeptAnswers answers = new KeptAnswers(folder, SOURCE);
    add(answers, "q1", "one");
    Files.write(file(), new byte[] {'{', (byte) 0xff, '}', '\n'}, StandardOpenOption.APPEND);
    Files.writeString(file(), "{\"question\":\"q3\"}\n", StandardOpenOption.APPEND);
    add(answers, "q2", "two");
    assertThat(all(answers), is(Map.of("q1", answer("one"), "q2", answer("two"))));
    assertThat(told, contains("2 lines of %s cannot be read and are left out".formatted(file())));
  }

  @Test
  void answersOfAnotherModelAreRefused() throws IOException {
    add(new KeptAnswers(folder, SOURCE), "q1", "one");
    Files.writeString(file(), Files.readString(file()).replace("\"ft:one/a\"", "\"ft:other\""));
    LauncherException refused =
        assertThrows(LauncherException.class, () -> all(new KeptAnswers(folder, SOURCE)));
    assertThat(refused.exitCode(), is(ExitCode.WRONG_USE));
    assertThat(
        refused.text(),
        is(
            "%s does not begin with the model ft:one/a, whose answers it should have: move it away,"
                    .formatted(file())
                + " and its questions are asked again"));
  }

  @Test
  void oneProcessAtATimeAsksAModel() {
    KeptAnswers answers = new KeptAnswers(folder, SOURCE);
    LauncherException busy =
        assertThrows(
            LauncherException.class,
            () ->
                answers.appending(
                    Duration.ZERO,
                    new Impatient(),
                    appender -> {
                      add(new KeptAnswers(folder, SOURCE), "q1", "second");
                      return true;
                    }));
    assertThat(busy.exitCode(), is(ExitCode.TRY_LATER));
    assertThat(
        busy.text(),
        startsWith("another tunebeam process is still asking ft:one/a; run the same command"));
    add(answers, "q1", "free again");
  }

  @Test
  void eachSettingThatChangesAnAnswerIsAnotherQuestion() {
    InferenceRequest one = new InferenceRequest("m", List.of(), List.of(), "text", "END", 5, 20);
    Set<String> questions = new HashSet<>();
    for (InferenceRequest request :
        List.of(
            one,
            new InferenceRequest("m", List.of(), List.of(), "text.", "END", 5, 20),
            new InferenceRequest("m", List.of(), List.of(), "text", " END", 5, 20),
            new InferenceRequest("m", List.of(), List.of(), "text", "END", null, 20),
            one.withMaxTokens(6),
            new InferenceRequest("m", List.of(), List.of(), "text", "END", 5, 0),
            chat("system", "text"),
            chat("user", "text"))) {
      assertThat(questions.add(request.question()), is(true));
    }
    assertThat(one.withModel("another").question(), is(one.question()));
    assertThat(one.question(), not(is(one.withMaxTokens(6).question())));
  }

  private static InferenceRequest chat(String role, String text) {
    var message = dev.tunebeam.launcher.http.Json.object().put("role", role).put("content", text);
    return new InferenceRequest("m", List.of(message), List.of(), "", "END", 5, 20);
  }
}
