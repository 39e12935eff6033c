package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.standin.Answer;
import dev.tunebeam.launcher.standin.Fault;
import dev.tunebeam.launcher.standin.Job;
import dev.tunebeam.launcher.standin.Refusal;
import dev.tunebeam.launcher.standin.Which;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** After any fault: one file per split and one job, or a final error. */
class FaultTest extends StandInTest {

  private static final String FILES = "/v1/files";
  private static final String JOBS = "/v1/fine_tuning/jobs";

  static Stream<Arguments> passingFaults() {
    List<Fault> faults =
        List.of(
            Fault.resetInRequest(),
            Fault.droppedRequest(),
            Fault.lostAnswer(),
            Fault.resetInAnswer(),
            Fault.malformedJson(),
            new Fault(
                "an answer without an id",
                true,
                Fault.Delivery.WHOLE,
                Answer.text(200, "application/json", "{}"),
                Duration.ZERO),
            Fault.serverError(500),
            Fault.errorAfterEffect(500),
            Fault.errorAfterEffect(504),
            new Fault(
                "503 after effect, to be repeated at once",
                true,
                Fault.Delivery.WHOLE,
                Objects.requireNonNull(Fault.serverError(503).instead()).with("Retry-After", "0"),
                Duration.ZERO),
            Fault.serverError(408),
            Fault.htmlPage(),
            Fault.rateLimited(null),
            Fault.rateLimited(0));
    List<List<String>> requests =
        List.of(
            List.of("GET", FILES),
            List.of("POST", FILES),
            List.of("GET", JOBS),
            List.of("POST", JOBS),
            List.of("GET", JOBS + "/[^/]+"),
            List.of("GET", JOBS + "/[^/]+/events"));
    return requests.stream()
        .flatMap(
            request ->
                faults.stream()
                    .filter(
                        fault ->
                            request.get(0).equals("POST")
                                || fault.delivery() != Fault.Delivery.HALF_REQUEST)
                    // A list without entries is an answer.
                    .filter(
                        fault ->
                            request.get(0).equals("POST")
                                || !fault.name().contains("without an id"))
                    .map(fault -> Arguments.of(request.get(0), request.get(1), fault)));
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @MethodSource("passingFaults")
  void whatPassesIsRepeatedWithoutASecondFileOrJob(String method, String path, Fault fault) {
    Path dataset = dataset();
    standIn.onRequest(method, path, 1, fault);
    Ended end = launch(dataset).with(ExitCode.SUCCEEDED);
    theOnlyJob(dataset);
    assertThat(end.told(), hasItem(startsWith("waiting 0.0 s: ")));
  }

  @Test
  void aResetInTheMiddleOfALongUploadIsSentAgainFromItsBeginning() {
    Path dataset = new DatasetOnDisk().padded(200_000).in(folder.resolve("long"));
    standIn.onRequest(Which.first("POST", FILES, 3), Fault.resetInRequest());
    launch(dataset, "--detach").with(ExitCode.SUCCEEDED);
    theOnlyJob(dataset);
    assertThat(standIn.requests("POST", FILES).size(), is(5));
  }

  @Test
  void aListOfJobsThatLagsBehindALostAnswerLeadsToNoSecondJob() {
    Path dataset = dataset();
    standIn.behaviour().listsUntilJobIsListed(3);
    standIn.onRequest("POST", JOBS, 1, Fault.lostAnswer());
    settling(dataset);
    theOnlyJob(dataset);
    assertThat(standIn.requests("POST", JOBS).size(), is(1));
  }

  /** Longer than the list lags, however slow the machine is. */
  private void settling(Path dataset) {
    run("launch", dataset.toString(), "--yes", "--poll=1ms", "--retryDelay=1ms", "--settle=10s")
        .with(ExitCode.SUCCEEDED);
  }

  @Test
  void aListThatLagsBehindAnEndedProcessLeadsToNoSecondJob() {
    Path dataset = dataset();
    standIn.behaviour().listsUntilJobIsListed(3);
    standIn.onRequest("POST", JOBS, 1, Fault.lostAnswer());
    run("launch", dataset.toString(), "--yes", "--retryDelay=1ms", "--patience=0s")
        .with(ExitCode.TRY_LATER);
    assertThat(launchFile(dataset), containsString("\"step\" : \"creating\""));
    settling(dataset);
    theOnlyJob(dataset);
    assertThat(standIn.requests("POST", JOBS).size(), is(1));
  }

  @Test
  void ofTwoJobsThatTwoMachinesCreateInTheSameMomentTheFirstStays() throws Exception {
    Path here = dataset();
    Path there = new DatasetOnDisk().in(folder.resolve("other-machine"));
    launch(here, "--detach", "--epochs=1").with(ExitCode.SUCCEEDED); // both have the files
    CyclicBarrier bothHaveLooked = new CyclicBarrier(2);
    standIn.beforeEffect(Which.first("POST", JOBS, 2), () -> await(bothHaveLooked));
    CompletableFuture<Ended> other =
        CompletableFuture.supplyAsync(() -> launch(there, "--epochs=2"));
    Ended one = launch(here, "--epochs=2").with(ExitCode.SUCCEEDED);
    Ended two = other.get(90, TimeUnit.SECONDS).with(ExitCode.SUCCEEDED);
    List<Job> jobs = standIn.jobs().subList(1, standIn.jobs().size());
    assertThat(jobs.stream().map(Job::status).toList(), contains("succeeded", "cancelled"));
    String cancelled =
        "cancelled job %s: a duplicate of %s for the same run"
            .formatted(jobs.get(1).id(), jobs.get(0).id());
    assertThat(
        Stream.of(one, two).flatMap(end -> end.told().stream()).toList(), hasItem(cancelled));
    for (Path dataset : List.of(here, there)) {
      JsonNode launches = parsed(launchFile(dataset)).path("launches");
      assertThat(
          launches.path(launches.size() - 1).path("job").path("id").asText(), is(jobs.get(0).id()));
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** As Crusoe, whose description does not say that jobs have metadata. */
  @Test
  void whereJobsHaveNoMetadataALostAnswerLeadsToNoSecondJob() {
    Path dataset = dataset();
    standIn.behaviour().metadata(false);
    standIn.onRequest("POST", JOBS, 1, Fault.lostAnswer());
    assertThat(
        launch(dataset).with(ExitCode.REFUSED).message(),
        is(
            "ftjob-standin00003 trains on the same file and has no metadata, so it may be this run;"
                + " follow it with ./tunebeam follow ftjob-standin00003. To train again"
                + " nevertheless, delete it or its file there first"));
    launch(dataset).with(ExitCode.REFUSED);
    theOnlyJob(dataset);
  }

  @Test
  void whereJobsHaveNoMetadataTheOneThatWasCreatedIsKnownByItsId() {
    Path dataset = dataset();
    standIn.behaviour().metadata(false);
    launch(dataset).with(ExitCode.SUCCEEDED);
    launch(dataset).with(ExitCode.SUCCEEDED);
    theOnlyJob(dataset);
  }

  @Test
  void aDuplicateThatAnEndedProcessLeftRunningIsCancelledByTheNext() {
    Path dataset = dataset();
    launch(dataset, "--detach").with(ExitCode.SUCCEEDED);
    elsewhere("POST", "/fine_tuning/jobs", standIn.jobs().get(0).spec().request().toString());
    delete(dataset.resolve("launch.json"));
    launch(dataset).with(ExitCode.SUCCEEDED);
    assertThat(
        standIn.jobs().stream().map(Job::status).toList(), contains("succeeded", "cancelled"));
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void whatIsDoneToAJobMayLoseItsAnswer() {
    Path dataset = dataset();
    standIn.behaviour().advanceByPolls(false);
    launch(dataset, "--detach").with(ExitCode.SUCCEEDED);
    standIn.advance();
    for (String action : List.of("pause", "resume", "cancel")) {
      standIn.onRequest("POST", JOBS + "/[^/]+/" + action, 1, Fault.lostAnswer());
      fast(action, dataset.toString()).with(ExitCode.SUCCEEDED);
    }
    assertThat(theOnlyJob(dataset).status(), is("cancelled"));
    assertThat(
        fast("resume", dataset.toString()).with(ExitCode.REFUSED).message(),
        is(
            "POST fine_tuning/jobs/ftjob-standin00003/resume: 400 Job ftjob-standin00003 is"
                + " cancelled and cannot be resumed."));
  }

  @Test
  void aDailyLimitEndsAtOnceToBeTriedTomorrow() {
    Path dataset = dataset();
    standIn.onRequest("POST", JOBS, 1, Fault.dailyRateLimit());
    Ended end = run("launch", dataset.toString(), "--yes").with(ExitCode.TRY_LATER);
    assertThat(
        end.message(),
        is(
            "POST fine_tuning/jobs: 429 This fine-tune request has been rate-limited. Your"
                + " organization has reached the maximum of 48 requests per 24 hours.; a"
                + " daily limit: run the same command tomorrow to resume"));
    assertThat(standIn.requests("POST", JOBS).size(), is(1));
    launch(dataset).with(ExitCode.SUCCEEDED);
    theOnlyJob(dataset);
  }

  @Test
  void aWaitThatIsAskedForIsKeptTo() {
    Path dataset = dataset();
    standIn.onRequest("POST", JOBS, 1, Fault.rateLimited(1));
    Ended end = launch(dataset, "--detach").with(ExitCode.SUCCEEDED);
    assertThat(
        end.told(),
        hasItem(
            "waiting 1.0 s: POST fine_tuning/jobs: 429 Rate limit reached for requests.; then"
                + " checking whether the request took effect"));
    theOnlyJob(dataset);
  }

  @Test
  void aWaitThatIsLongerThanPatienceEndsTheCommandAtOnce() {
    Path dataset = dataset();
    standIn.onRequest("GET", FILES, 1, Fault.rateLimited(3600));
    Ended end = run("launch", dataset.toString(), "--yes").with(ExitCode.TRY_LATER);
    assertThat(
        end.message(),
        is(
            "GET files: 429 Rate limit reached for requests.; Retry-After is 3600 s; run the"
                + " same command later to resume"));
  }

  @Test
  void aQuotaThatIsUsedUpIsFinal() {
    Path dataset = dataset();
    standIn.onRequest(
        "POST",
        JOBS,
        1,
        Fault.refusal(
            new Refusal(
                429,
                "insufficient_quota",
                "insufficient_quota",
                null,
                "You exceeded your current quota.")));
    Ended end = launch(dataset).with(ExitCode.REFUSED);
    assertThat(
        end.message(),
        is(
            "POST fine_tuning/jobs: 429 You exceeded your current quota.; check the"
                + " account's billing"));
    assertThat(standIn.requests("POST", JOBS).size(), is(1));
  }

  @Test
  void aProviderThatIsSlowIsWaitedForAndOneThatIsSilentIsAskedAgain() {
    Path dataset = dataset();
    standIn.onRequest("GET", FILES, 1, Fault.slow(Duration.ofMillis(300)));
    standIn.onRequest("POST", FILES, 1, Fault.stall());
    standIn.onRequest("POST", JOBS, 1, Fault.stall());
    standIn.onRequest("GET", JOBS + "/[^/]+", 1, Fault.stallBeforeEffect());
    Ended end = launch(dataset, "--timeout=700ms").with(ExitCode.SUCCEEDED);
    theOnlyJob(dataset);
    assertThat(
        end.told().stream().filter(line -> line.startsWith("waiting")).toList(),
        hasItems(
            "waiting 0.0 s: POST files: timeout; then checking whether the request"
                + " took effect",
            "waiting 0.0 s: POST fine_tuning/jobs: timeout; then checking whether"
                + " the request took effect",
            "waiting 0.0 s: GET fine_tuning/jobs/ftjob-standin00003: timeout"));
  }

  @Test
  void aWrongKeyIsFinalAndTheMessageSaysWhereItComesFrom() {
    Path dataset = dataset();
    String wrong = "sk-proj-wrong-key-0123456789";
    variables.put("OPENAI_API_KEY", wrong);
    Ended end = run("launch", dataset.toString(), "--yes", "--json").with(ExitCode.REFUSED);
    assertThat(
        end.message(),
        is(
            "GET files: 401 Incorrect API key provided: ***; the key was rejected: check the"
                + " variable OPENAI_API_KEY"));
    JsonNode expected =
        Json.object().set("error", Json.object().put("message", end.message()).put("exitCode", 5));
    assertThat(Json.parse(end.out()), is(expected));
    assertThat(lines(), contains("GET /v1/files"));
  }

  @Test
  void trainingThatIsClosedIsFinalWithTheDateAndTheAlternatives() {
    Path dataset = dataset();
    standIn.onRequest("POST", JOBS, 1, Fault.trainingNotAvailable());
    Ended end = launch(dataset).with(ExitCode.REFUSED);
    assertThat(
        end.message(),
        startsWith(
            "POST fine_tuning/jobs: 403 Fine-tuning is no longer available for your"
                + " organization.; the key lacks permission; other organisations can train"
                + " gpt-4o-mini-2024-07-18 until 2027-01-05. Retrying will not help:"
                + " OpenAI has closed fine-tuning for this organisation. Choose"
                + " another --provider; trainable today, for example: "));
    assertThat(end.message(), containsString("fireworks/accounts/fireworks/models/qwen3-8b"));
    assertThat(standIn.requests("POST", JOBS).size(), is(1));
    // Also after a refusal only the list says for certain that there is no job.
    assertThat(launchFile(dataset), containsString("\"step\" : \"creating\""));
  }

  @Test
  void aRequestThatTheProviderCallsWrongIsFinal() {
    Path dataset = dataset();
    Ended end = launch(dataset, "--batchSize=100000").with(ExitCode.REFUSED);
    assertThat(end.message(), startsWith("POST fine_tuning/jobs: 400 "));
    assertThat(standIn.jobs(), empty());
    launch(dataset).with(ExitCode.SUCCEEDED);
    theOnlyJob(dataset);
  }

  @Test
  void eventsOutOfOrderAndRepeatedAreShownOnceAndStatusesThatNobodyKnowsAreFollowed() {
    Path dataset = dataset();
    standIn.behaviour().eventsDisordered(true).eventsRepeated(true);
    standIn.behaviour().unknownStatuses("warming_up", "paused");
    Ended end = launch(dataset).with(ExitCode.SUCCEEDED);
    theOnlyJob(dataset);
    List<String> told = end.told();
    assertThat(told.stream().filter(line -> line.contains("job started")).count(), is(1L));
    assertThat(told.stream().filter(line -> line.equals("warming_up")).count(), is(1L));
    assertThat(told.get(told.size() - 1), startsWith("succeeded, step 3 of 3 (100.0 %), "));
    List<String> steps =
        told.stream()
            .filter(line -> line.startsWith("running, step"))
            .map(line -> line.replaceFirst(" \\(.*", ""))
            .toList();
    assertThat(steps, contains("running, step 1 of 3", "running, step 2 of 3"));
  }

  @Test
  void aHostThatCannotBeReachedIsTriedLater() {
    Path dataset = dataset();
    variables.put("OPENAI_BASE_URL", "http://127.0.0.1:1/v1");
    Ended end =
        run("launch", dataset.toString(), "--yes", "--retryDelay=1ms", "--patience=20ms")
            .with(ExitCode.TRY_LATER);
    assertThat(
        end.message(),
        is("GET files: Failed to connect to /127.0.0.1:1; run the same command later to resume"));
  }

  @Test
  void aRedirectIsNotFollowedWithTheKey() throws Exception {
    Path dataset = dataset();
    try (MockWebServer other = new MockWebServer();
        MockWebServer moved = new MockWebServer()) {
      other.start();
      moved.start();
      String target = other.url("/v1/files?signature=secret").toString();
      moved.enqueue(new MockResponse.Builder().code(307).addHeader("Location", target).build());
      Ended end =
          run("launch", dataset.toString(), "--yes", "--baseUrl=" + moved.url("/v1"))
              .with(ExitCode.REFUSED);
      assertThat(
          end.message(),
          is(
              ("GET files: 307 redirects to %s, where the key is not sent; is the base URL %s"
                      + " correct?")
                  .formatted(other.url("/v1/files"), moved.url("/v1/"))));
      assertThat(other.getRequestCount(), is(0));
    }
  }

  @Test
  void aPageThatIsNoApiIsNotTakenForOne() {
    Path dataset = dataset();
    Fault page =
        new Fault(
            "a page",
            false,
            Fault.Delivery.WHOLE,
            new Answer(
                200, Map.of("Content-Type", "text/html"), ByteString.encodeUtf8("<html>Hi</html>")),
            Duration.ZERO);
    standIn.onRequest(Which.every("GET", FILES), page);
    Ended end =
        run("launch", dataset.toString(), "--yes", "--retryDelay=1ms", "--patience=50ms")
            .with(ExitCode.TRY_LATER);
    assertThat(
        end.message(),
        is("GET files: the response is not JSON: 200 Hi; run the same command later to resume"));
  }

  @Test
  void aShardThatVanishesWhileItIsSentIsNoMatterOfTheNetwork() throws Exception {
    Path dataset = dataset();
    standIn.beforeAnswer(
        Which.nth("GET", FILES, 2), () -> delete(dataset.resolve("train-00001-of-00002.jsonl")));
    Ended end = launch(dataset).with(ExitCode.WRONG_USE);
    assertThat(
        end.message(),
        is(
            "%s is listed in the manifest but missing; prepare the dataset again with --overwrite"
                .formatted(dataset.resolve("train-00001-of-00002.jsonl"))));
    assertThat(standIn.files(), empty());
  }

  @Test
  void theBaseUrlMayEndWithASlash() {
    Path dataset = dataset();
    launch(dataset, "--detach", "--baseUrl=" + standIn.url() + "/").with(ExitCode.SUCCEEDED);
    launch(dataset, "--detach", "--baseUrl=" + standIn.url()).with(ExitCode.SUCCEEDED);
    theOnlyJob(dataset);
  }
}
