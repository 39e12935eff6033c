package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.standin.Fault;
import dev.tunebeam.launcher.standin.Which;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** run --promote: from the rows of a night to the model in use, in one command. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the start script is for bash")
class RunPromotionTest extends StandInTest {

  private static final String CHAT = "/v1/chat/completions";
  private static final String REGISTRY = "tickets/registry.json";
  private static final int ROWS = 200;

  private PrepareScript prepare = new PrepareScript();

  @BeforeEach
  void layOut() throws IOException {
    prepare = PrepareScript.in(folder.resolve("tool"));
    Files.writeString(folder.resolve("recipe.yaml"), "input: in.csv\n");
    tonight(0, 50);
  }

  @AfterEach
  void forget() {
    System.clearProperty(PrepareScript.START);
  }

  /** Another dataset each night, of which all rows but the last are those of the night before. */
  private void tonight(int number, int wrongPercent) {
    prepare.makes(new DatasetOnDisk().examples(12, ROWS).from(number).classes());
    standIn.behaviour().wrongPercent(wrongPercent);
  }

  private Ended promote(String... more) {
    String[] flags = {
      "run", "--recipe=recipe.yaml", "--output=tickets", "--poll=1ms", "--promote=not-worse"
    };
    return fast(Stream.of(flags, more).flatMap(Arrays::stream).toArray(String[]::new));
  }

  private int asked() {
    return standIn.requests("POST", CHAT).size();
  }

  private long creations() {
    return lines().stream().filter(line -> line.matches("POST .*/fine_tuning/jobs")).count();
  }

  private String model(int job) {
    return String.valueOf(standIn.jobs().get(job).tunedModel());
  }

  private String production() {
    return run("registry", "production", "--registry=" + REGISTRY)
        .with(ExitCode.SUCCEEDED)
        .out()
        .strip();
  }

  @Test
  void theFirstModelGetsTheNameAndABetterOneAfterIt() throws IOException {
    Ended first = promote("--yes").with(ExitCode.SUCCEEDED);
    assertThat(
        first.out(),
        containsString(
            "production is %s: no model was production in %s yet: the first one\n"
                .formatted(model(0), folder.resolve(REGISTRY))));
    assertThat(first.out(), not(containsString("rollback")));
    assertThat(asked(), is(ROWS));

    tonight(1, 10);
    Ended second = promote("--yes").with(ExitCode.SUCCEEDED);
    assertThat(
        second.out(), containsString("199 of 200 answers of %s were there\n".formatted(model(0))));
    assertThat(
        second.out(), containsString("production is %s: it is better\n".formatted(model(1))));
    assertThat(second.out(), containsString("  ./tunebeam rollback --as=production --registry="));
    assertThat(asked(), is(ROWS + ROWS + 1));
    assertThat(production(), is(model(1)));
    JsonNode current =
        parsed(Files.readString(folder.resolve(REGISTRY))).at("/names/production/current");
    assertThat(current.path("dataset").asText(), is("."));
    assertThat(current.at("/comparison/against").asText(), is(model(0)));
    assertThat(current.at("/comparison/verdict").asText(), is("better"));
    assertThat(current.at("/scores/accuracy").asDouble() > 0.8, is(true));
    assertThat(current.path("base").asText(), is(DatasetOnDisk.MODEL));
  }

  @Test
  void aWorseModelIsNotPromotedAndTheExitCodeTells() {
    standIn.behaviour().wrongPercent(0);
    promote("--yes").with(ExitCode.SUCCEEDED);
    tonight(1, 30);
    Ended worse = promote("--yes").with(ExitCode.NOT_PROMOTED);
    assertThat(worse.code(), is(9));
    assertThat(
        worse.out(),
        containsString(
            """
            production stays %s: it is worse
            Next
              ./tunebeam promote %s --as=production --dataset=%s --registry=%s
            """
                .formatted(
                    model(0), model(1), folder.resolve("tickets"), folder.resolve(REGISTRY))));
    assertThat(production(), is(model(0)));
    int before = asked();
    assertThat(creations(), is(2L));
    // Run again it pays nothing and says the same.
    promote().with(ExitCode.NOT_PROMOTED);
    assertThat(asked(), is(before));
    assertThat(creations(), is(2L));
  }

  @Test
  void withJsonTheOutputIsOneDocumentWithScoresAndPromotion() {
    standIn.behaviour().wrongPercent(0);
    JsonNode first = parsed(promote("--yes", "--json").with(ExitCode.SUCCEEDED).out());
    assertThat(first.at("/promotion/promoted").asBoolean(), is(true));
    assertThat(first.at("/promotion/evaluation/examples").asInt(), is(ROWS));
    tonight(1, 0);
    JsonNode alike =
        parsed(promote("--yes", "--json", "--margin=0.5").with(ExitCode.NOT_PROMOTED).out());
    assertThat(alike.at("/job/status").asText(), is("succeeded"));
    assertThat(alike.at("/promotion/promoted").asBoolean(), is(false));
    assertThat(
        alike.at("/promotion/why").asText(), is("there is no evidence that it is not worse"));
    assertThat(alike.at("/promotion/before").asText(), is(model(0)));
    JsonNode comparison = alike.at("/promotion/evaluation/comparison");
    assertThat(comparison.path("verdict").asText(), is("no-evidence"));
    assertThat(comparison.path("rowsNeeded").asInt(), is(1240));
    // One disagreement of 200 rows is enough for two points.
    JsonNode enough = parsed(promote("--json").with(ExitCode.SUCCEEDED).out());
    assertThat(enough.at("/promotion/why").asText(), is("it is not worse"));
  }

  @Test
  void onlyABetterOneIsPromotedIfThatIsAskedFor() {
    standIn.behaviour().wrongPercent(0);
    promote("--yes").with(ExitCode.SUCCEEDED);
    tonight(1, 0);
    Ended end = promote("--yes", "--promote=better");
    assertThat(end.message(), startsWith("option '--promote' (WHEN) should be specified only"));
    Ended same =
        fast(
                "run",
                "--recipe=recipe.yaml",
                "--output=tickets",
                "--poll=1ms",
                "--promote=better",
                "--yes")
            .with(ExitCode.NOT_PROMOTED);
    assertThat(same.out(), containsString(": it is not worse, but not better either\n"));
  }

  @Test
  void aRunThatEndsInBetweenContinuesAndPaysNothingTwice() {
    promote("--yes").with(ExitCode.SUCCEEDED);
    tonight(1, 0);
    int before = asked();
    standIn.onRequest(
        Which.nth("POST", CHAT, 51),
        Fault.answer(401, Map.of(), "{\"error\":{\"message\":\"no\"}}"));
    promote("--yes", "--parallel=1").with(ExitCode.REFUSED);
    assertThat(production(), is(model(0)));
    assertThat(creations(), is(2L));
    assertThat(asked(), is(before + 51));
    promote("--yes").with(ExitCode.SUCCEEDED);
    assertThat(asked(), is(before + 51 + ROWS - 50 + 1));
    assertThat(creations(), is(2L));
    assertThat(production(), is(model(1)));
    // And once more: it is production already.
    Ended again = promote().with(ExitCode.SUCCEEDED);
    assertThat(
        again.out(),
        containsString("production is %s: it has the name already\n".formatted(model(1))));
    assertThat(asked(), is(before + 51 + ROWS - 50 + 1));
  }

  @Test
  void inThirtyNightsEachWithNewsTrainsTheModelOfTheNightBeforeFurtherOnceWhateverFails() {
    Random random = new Random(31);
    List<String> further = new ArrayList<>();
    int news = 0;
    for (int night = 0; night < 30; night++) {
      boolean isNew = night == 0 || random.nextInt(3) > 0;
      if (isNew) {
        news++;
        prepare.makes(new DatasetOnDisk().examples(12, 20).from(news).classes());
        further.add(news == 1 ? DatasetOnDisk.MODEL : model(news - 2));
      }
      switch (isNew ? random.nextInt(4) : 0) {
        case 1 ->
            standIn.onRequest("POST", "/v1/fine_tuning/jobs", 1, Fault.trainingNotAvailable());
        case 2 -> standIn.onRequest("POST", "/v1/fine_tuning/jobs", 1, Fault.lostAnswer());
        case 3 ->
            standIn.onRequest(
                Which.nth("POST", CHAT, 3), Fault.answer(401, Map.of(), "{\"error\":{}}"));
        default -> {
          // a night without a fault
        }
      }
      StringBuilder said = new StringBuilder("night " + night);
      for (int time = 0; time < 2; time++) {
        Ended end = promote("--yes", "--continue=production", "--margin=50");
        said.append('\n').append(end.code()).append('\n').append(end.out()).append(end.err());
      }
      assertThat(said.toString(), production(), is(model(news - 1)));
    }
    assertThat(standIn.jobs().stream().map(job -> job.spec().model()).toList(), is(further));
    assertThat(news < 30 && news > 10, is(true));
  }

  @Test
  void aModelThatWasRolledBackIsNotPromotedAgain() {
    promote("--yes").with(ExitCode.SUCCEEDED);
    tonight(1, 0);
    promote("--yes").with(ExitCode.SUCCEEDED);
    run("rollback", "tickets").with(ExitCode.SUCCEEDED);
    int before = asked();
    Ended end = promote().with(ExitCode.NOT_PROMOTED);
    assertThat(
        end.out(),
        containsString(
            "production stays %s: %s was rolled back on 2026-".formatted(model(0), model(1))));
    assertThat(asked(), is(before));
    fast("promote", "tickets").with(ExitCode.SUCCEEDED);
    assertThat(production(), is(model(1)));
  }

  @Test
  void theBudgetIsForTrainingAndEvaluationTogether() {
    Ended over = promote("--budget=9").with(ExitCode.OVER_BUDGET);
    assertThat(
        over.message(),
        startsWith(
            "training gpt-4o-mini-2024-07-18 at OpenAI and the evaluation costs $9.0003, more than"
                + " the budget of $9"));
    assertThat(standIn.jobs(), empty());
    Ended within = promote("--budget=9.01").with(ExitCode.SUCCEEDED);
    assertThat(
        within.told(),
        org.hamcrest.Matchers.hasItem("of the budget of $9.01, the training has used $9.00"));
  }

  @Test
  void anEvaluationWhosePriceIsUnknownIsSaidBeforeAnythingIsUploaded() {
    variables.put("TOGETHER_API_KEY", standIn.key());
    variables.put("TOGETHER_BASE_URL", standIn.togetherUrl());
    prepare.makes(
        new DatasetOnDisk()
            .examples(12, ROWS)
            .pricedFor("together", "meta-llama/Meta-Llama-3.1-8B-Instruct-Reference")
            .classes());
    assertThat(
        promote("--budget=100").with(ExitCode.OVER_BUDGET).message(),
        is(
            "the price of the evaluation is unknown, so the budget of $100.00 cannot be checked; set"
                + " a price with --prices=FILE"));
    assertThat(standIn.files(), empty());
  }

  @Test
  void whatCannotBePromotedIsRefusedBeforeAnythingIsPaid() throws IOException {
    assertThat(
        promote("--detach").with(ExitCode.WRONG_USE).message(),
        is("--promote waits for the model, and --detach does not: leave out one of them"));
    assertThat(
        fast("run", "--output=tickets", "--margin=1").with(ExitCode.WRONG_USE).message(),
        is("--margin is for --promote=not-worse or --promote=better"));
    for (String margin : List.of("0", "-1", "51")) {
      assertThat(
          promote("--margin=" + margin).with(ExitCode.WRONG_USE).message(),
          is("--margin must be above 0 and at most 50, not " + margin));
    }
    assertThat(
        promote("--mlflow=http://127.0.0.1:1").with(ExitCode.WRONG_USE).message(),
        is("--mlflow=URI and --mlflowModel=NAME go together"));
    prepare.makes(new DatasetOnDisk().examples(12, 0));
    assertThat(
        promote("--yes").with(ExitCode.WRONG_USE).message(),
        is("--promote needs a validation split to compare models on; set validation: 0.1"));
    Files.writeString(folder.resolve(REGISTRY), "{");
    assertThat(
        promote("--yes").with(ExitCode.WRONG_USE).message(),
        startsWith(folder.resolve(REGISTRY) + " is broken: "));
    assertThat(standIn.files(), empty());
    assertThat(prepare.arguments().stream().filter("prepare"::equals).count(), is(1L));
  }

  /** MLflow's registry, as far as its documentation says what these paths do. */
  private static final class Mlflow extends Dispatcher {
    private final List<String> requests = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private int version;
    private boolean down;

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      String path = request.getUrl().encodedPath().replace("/api/2.0/mlflow/", "");
      JsonNode body =
          parsed(String.valueOf(request.getBody() == null ? "" : request.getBody().utf8()));
      tokens.add(String.valueOf(request.getHeaders().get("Authorization")));
      if (down) {
        return answer(503, "{\"error_code\":\"TEMPORARILY_UNAVAILABLE\",\"message\":\"down\"}");
      }
      switch (path) {
        case "registered-models/create" -> {
          requests.add("create " + body.path("name").asText());
          return version > 0
              ? answer(400, "{\"error_code\":\"RESOURCE_ALREADY_EXISTS\",\"message\":\"exists\"}")
              : answer(200, "{\"registered_model\":{}}");
        }
        case "model-versions/create" -> {
          requests.add("version of " + body.path("source").asText().replaceAll(".*/models/", ""));
          version++;
          return answer(200, "{\"model_version\":{\"version\":\"" + version + "\"}}");
        }
        case "registered-models/alias" -> {
          requests.add(body.path("alias").asText() + " = " + body.path("version").asText());
          return answer(200, "{}");
        }
        default -> {
          return answer(404, "{\"error_code\":\"ENDPOINT_NOT_FOUND\"}");
        }
      }
    }

    private static MockResponse answer(int code, String body) {
      return new MockResponse.Builder()
          .code(code)
          .addHeader("Content-Type", "application/json")
          .body(body)
          .build();
    }
  }

  @Test
  void mlflowGetsThePreviousAliasFirstAndThenTheName() throws IOException {
    variables.put("MLFLOW_TRACKING_TOKEN", "the-token-of-mlflow");
    Mlflow mlflow = new Mlflow();
    try (MockWebServer server = new MockWebServer()) {
      server.setDispatcher(mlflow);
      server.start();
      String uri = "--mlflow=" + server.url("/");
      promote("--yes", uri, "--mlflowModel=tickets").with(ExitCode.SUCCEEDED);
      tonight(1, 0);
      promote("--yes", uri, "--mlflowModel=tickets").with(ExitCode.SUCCEEDED);
      assertThat(
          mlflow.requests,
          contains(
              "create tickets",
              "version of " + model(0),
              "production = 1",
              "previous = 1",
              "create tickets",
              "version of " + model(1),
              "production = 2"));
      mlflow.requests.clear();
      run("rollback", "tickets", uri, "--mlflowModel=tickets").with(ExitCode.SUCCEEDED);
      assertThat(mlflow.requests, contains("production = 1"));
      assertThat(
          mlflow.tokens.stream().distinct().toList(), contains("Bearer the-token-of-mlflow"));
      try (Stream<Path> files = Files.walk(folder.resolve("tickets"))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(Files.readString(file).contains("the-token"), is(false));
        }
      }
    }
  }

  @Test
  void whereMlflowFailsTheRegistryHasMovedThatIsSaidAndTheNextRunSetsIt() throws IOException {
    Mlflow mlflow = new Mlflow();
    mlflow.down = true;
    try (MockWebServer server = new MockWebServer()) {
      server.setDispatcher(mlflow);
      server.start();
      String uri = "--mlflow=" + server.url("/");
      Ended end =
          run(
                  "run",
                  "--recipe=recipe.yaml",
                  "--output=tickets",
                  "--poll=1ms",
                  "--promote=not-worse",
                  "--yes",
                  "--retryDelay=1ms",
                  "--patience=10ms",
                  "--settle=50ms",
                  uri,
                  "--mlflowModel=tickets")
              .with(ExitCode.TRY_LATER);
      assertThat(
          end.message(),
          is(
              ("production is %s in %s, but perhaps not at MLflow: POST registered-models/create:"
                      + " 503 down; run the same command later to resume; ./tunebeam promote"
                      + " production --as=production --registry=%s %s --mlflowModel=tickets sets it"
                      + " there")
                  .formatted(model(0), folder.resolve(REGISTRY), folder.resolve(REGISTRY), uri)));
      assertThat(production(), is(model(0)));
      mlflow.down = false;
      int before = asked();
      promote(uri, "--mlflowModel=tickets").with(ExitCode.SUCCEEDED);
      assertThat(
          mlflow.requests, contains("create tickets", "version of " + model(0), "production = 1"));
      assertThat(asked(), is(before));
      fast("promote", "production", "--registry=" + REGISTRY, uri, "--mlflowModel=tickets")
          .with(ExitCode.SUCCEEDED);
      assertThat(mlflow.requests.subList(3, 4), contains("production = 1"));
    }
  }
}
