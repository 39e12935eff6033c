package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.standin.Answer;
import dev.tunebeam.launcher.standin.Fault;
import dev.tunebeam.launcher.standin.Outcome;
import dev.tunebeam.launcher.standin.Which;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Not every response with status 200 is an answer, and none may carry a key further. */
class AnswersTest extends StandInTest {

  private static final String CHAT = "/v1/chat/completions";
  private static final String JOBS = "/v1/fine_tuning/jobs";

  private static Fault says(String body) {
    return new Fault(
        "200 " + body,
        false,
        Fault.Delivery.WHOLE,
        Answer.text(200, "application/json", body),
        Duration.ZERO);
  }

  private Path trained(int validation) {
    Path dataset =
        new DatasetOnDisk().examples(12, validation).in(folder.resolve("trained" + validation));
    launch(dataset).with(ExitCode.SUCCEEDED);
    return dataset;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"error\":{\"message\":\"overloaded\"}}",
        "{}",
        "null",
        "[]",
        "{\"choices\":[]}",
        "{\"choices\":[{\"message\":{\"content\":null}}]}",
        "{\"choices\":[{\"message\":{\"content\":null,\"refusal\":\"I cannot help.\"}}]}",
        "{\"choices\":[{\"finish_reason\":\"content_filter\",\"message\":{\"content\":\"\"}}]}"
      })
  void aPromptThatIsNotAnsweredIsNotWrongButAskedAgain(String body) throws IOException {
    Path dataset = trained(3);
    standIn.onRequest(Which.every("POST", CHAT), says(body));
    Ended end =
        fast("evaluate", dataset.toString(), "--yes", "--parallel=1").with(ExitCode.TRY_LATER);
    assertThat(end.message(), startsWith("1 prompt was not answered, where at most 0 may be: "));
    assertThat(
        end.message(),
        endsWith(
            ". There are no scores; run the same command later: it asks only what is not answered"
                + " yet"));
    assertThat(Files.readAllLines(theOnlyAnswers(dataset)).size(), is(1));
    Ended asked = fast("ask", dataset.toString(), "Frage 1").with(ExitCode.TRY_LATER);
    assertThat(asked.out(), is(""));

    standIn.clearFaults();
    assertThat(
        fast("evaluate", dataset.toString(), "--yes").with(ExitCode.SUCCEEDED).out(),
        containsString("Examples  3\n"));
  }

  @Test
  void anAnswerThatFailsOnceIsRepeated() {
    Path dataset = trained(3);
    standIn.onRequest(Which.first("POST", CHAT, 2), says("{\"error\":\"busy\"}"));
    Ended end = fast("ask", dataset.toString(), "Frage 1: wie spät ist es?");
    assertThat(end.with(ExitCode.SUCCEEDED).out().isBlank(), is(false));
    assertThat(
        end.told(), hasItem("waiting 0.0 s: the response has no answer: {\"error\":\"busy\"}"));
    assertThat(standIn.requests("POST", CHAT).size(), is(3));
  }

  @Test
  void aFewPromptsWithoutAnAnswerAreToldAndAskedAgainByTheNextCommand() {
    Path dataset = trained(40);
    standIn.onRequest(Which.first("POST", CHAT, 3), says("{}"));
    Ended end =
        fast("evaluate", dataset.toString(), "--yes", "--parallel=1").with(ExitCode.SUCCEEDED);
    assertThat(end.out(), containsString("Examples      39\nNot answered  1\n"));
    assertThat(
        end.told(),
        hasItem(
            "1 prompt was not answered and is not in the scores; the same command asks only those"
                + " again"));
    int before = standIn.requests("POST", CHAT).size();
    assertThat(
        fast("evaluate", dataset.toString(), "--yes").with(ExitCode.SUCCEEDED).out(),
        containsString("Examples  40\n"));
    assertThat(standIn.requests("POST", CHAT).size(), is(before + 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.7", "\"-0.1\"", "null", "0"})
  void logprobsThatAreNoProbabilitiesAreNotShown(String logprob) {
    Path dataset = trained(3);
    String top = "{\"token\":\"time\",\"logprob\":%s}".formatted(logprob);
    standIn.onRequest(
        Which.first("POST", CHAT, 1),
        says(
            ("{\"choices\":[{\"message\":{\"content\":\"time\"},\"logprobs\":{\"content\":"
                    + "[{\"top_logprobs\":[%s,%s]}]}}]}")
                .formatted(top, top)));
    Ended end = fast("ask", dataset.toString(), "Frage", "--logprobs").with(ExitCode.SUCCEEDED);
    assertThat(end.out(), is("time\n"));
    assertThat(end.told(), hasItem("the response has no valid logprobs"));
  }

  @Test
  void aKeyInAnErrorOrAnEventIsNeitherShownNorKept() {
    String other = "sk-proj-of-somebody-else-0123456789";
    standIn
        .behaviour()
        .outcome(
            Outcome.failed("bad", "keys " + standIn.key() + " and " + other + " refused", null));
    Path dataset = dataset();
    Ended end = launch(dataset).with(ExitCode.JOB_FAILED);
    assertThat(end.out(), containsString("bad: keys *** and *** refused\n"));
    assertThat(end.err(), not(containsString(other)));
    assertThat(launchFile(dataset), containsString("\"bad: keys *** and *** refused\""));
    // That of the account stands nowhere: looked for after each test.
    Ended shown = fast("show", dataset.toString(), "--json").with(ExitCode.SUCCEEDED);
    assertThat(shown.out(), containsString("\"error\":\"bad: keys *** and *** refused\""));
  }

  @Test
  void whatProvidersAnsweredOnlyTheOwnerMayRead() throws IOException {
    Path dataset = trained(3);
    fast("evaluate", dataset.toString(), "--yes").with(ExitCode.SUCCEEDED);
    assertThat(mode(theOnlyAnswers(dataset)), is("rw-------"));
    try (var files = Files.list(dataset)) {
      List<String> modes =
          files
              .filter(file -> file.getFileName().toString().matches("launch.json|evaluation-.*"))
              .map(AnswersTest::mode)
              .toList();
      assertThat(modes, is(List.of("rw-------", "rw-------", "rw-------")));
    }
  }

  private static Path theOnlyAnswers(Path dataset) throws IOException {
    try (var files = Files.list(dataset.resolve("answers"))) {
      List<Path> answers =
          files.filter(file -> file.getFileName().toString().endsWith(".jsonl")).toList();
      assertThat(answers.size(), is(1));
      return answers.get(0);
    }
  }

  private static String mode(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aJobWhoseRecordCannotBeWrittenIsNamed() throws IOException {
    Path dataset = dataset();
    Path full = dataset.resolve(".launch.json.new");
    standIn.beforeAnswer(Which.nth("POST", JOBS, 1), () -> occupy(full));
    Ended end = launch(dataset).with(ExitCode.FAILED);
    assertThat(
        end.message(),
        startsWith(
            "job %s is there at OpenAI, and billed; cannot write "
                .formatted(standIn.jobs().get(0).id())));
    Files.delete(full.resolve("x"));
    Files.delete(full);
    launch(dataset).with(ExitCode.SUCCEEDED);
    theOnlyJob(dataset);
  }

  private static void occupy(Path path) {
    try {
      Files.createDirectories(path.resolve("x"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "[]", "{\"object\":\"list\",\"data\":null}"})
  void aListWithoutAListIsNotTakenForNoJobs(String body) {
    Path dataset = dataset();
    standIn.onRequest(Which.nth("POST", JOBS, 1), Fault.lostAnswer());
    standIn.onRequest(Which.nth("GET", JOBS, 2), says(body));
    standIn.onRequest(Which.nth("GET", JOBS, 3), says(body));
    Ended end = launch(dataset).with(ExitCode.SUCCEEDED);
    theOnlyJob(dataset);
    assertThat(
        end.told().stream()
            .filter(line -> line.contains("GET fine_tuning/jobs: the response has no list 'data'"))
            .count(),
        is(2L));
  }

  @Test
  void aJobThatIsRefusedAfterItWasCreatedIsAdopted() {
    for (int status : new int[] {400, 403, 404, 409, 422, 429}) {
      standIn.onRequest(Which.nth("POST", JOBS, 1), Fault.errorAfterEffect(status));
      Path dataset = new DatasetOnDisk().examples(12, 0).in(folder.resolve("one"));
      launch(dataset, "--detach", "--epochs=" + (status - 399)).with(ExitCode.SUCCEEDED);
    }
    assertThat(standIn.requests("POST", JOBS).size(), is(6));
    assertThat(standIn.jobs().size(), is(6));
  }

  @Test
  void anUncertainJobIsWaitedForOverCommandsAndFollowFindsIt() {
    Path dataset = dataset();
    standIn.behaviour().listsUntilJobIsListed(3);
    standIn.onRequest(Which.nth("POST", JOBS, 1), Fault.errorAfterEffect(400));
    Ended refused =
        run("launch", dataset.toString(), "--yes", "--retryDelay=1ms").with(ExitCode.REFUSED);
    assertThat(refused.message(), startsWith("POST fine_tuning/jobs: 400 "));
    Ended later =
        run("launch", dataset.toString(), "--yes", "--patience=0s").with(ExitCode.TRY_LATER);
    assertThat(
        later.message(),
        containsString("no job of this run in the provider's list; an earlier request may create"));
    assertThat(later.message(), containsString("; it creates no other job before 1"));
    fast("follow", dataset.toString(), "--poll=1ms").with(ExitCode.SUCCEEDED);
    theOnlyJob(dataset);
    assertThat(standIn.requests("POST", JOBS).size(), is(1));
  }

  @Test
  void aDuplicateThatAppearsLaterIsCancelledByFollow() {
    Path dataset = dataset();
    standIn.behaviour().advanceByPolls(false);
    launch(dataset, "--detach").with(ExitCode.SUCCEEDED);
    elsewhere("POST", "/fine_tuning/jobs", standIn.jobs().get(0).spec().request().toString());
    standIn.behaviour().advanceByPolls(true);
    fast("follow", dataset.toString(), "--poll=1ms").with(ExitCode.SUCCEEDED);
    assertThat(
        standIn.jobs().stream().map(job -> job.status()).toList(),
        is(List.of("succeeded", "cancelled")));
    assertThat(standIn.unusedFaults(), empty());
  }
}
