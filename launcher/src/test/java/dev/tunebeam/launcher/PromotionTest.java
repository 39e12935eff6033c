package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Which model is in use, and how it is compared with the next one. */
class PromotionTest extends StandInTest {

  private static final String CHAT = "/v1/chat/completions";

  private int asked() {
    return standIn.requests("POST", CHAT).size();
  }

  private String model(Path dataset) {
    return parsed(launchFile(dataset)).at("/launches/0/job/tunedModel").asText();
  }

  /** A night in a folder of its own, with its model. */
  private Path night(String name, DatasetOnDisk dataset) {
    Path night = dataset.in(folder.resolve("nights").resolve(name));
    launch(night).with(ExitCode.SUCCEEDED);
    return night;
  }

  /** A model that has learned nothing: each answer is wrong. */
  private String ignorant() {
    standIn.addTunedModel("ft:ignorant", "");
    return "ft:ignorant";
  }

  private static JsonNode json(Ended end) {
    return parsed(end.with(ExitCode.SUCCEEDED).out());
  }

  @Test
  void aModelIsComparedWithAnotherOneOnTheSameRows() {
    standIn.behaviour().wrongPercent(0);
    Path dataset = night("1", new DatasetOnDisk().examples(12, 40).classes());
    Ended end =
        fast("evaluate", dataset.toString(), "--against=" + ignorant(), "--yes")
            .with(ExitCode.SUCCEEDED);
    assertThat(end.out(), containsString("40 prompts to " + model(dataset)));
    assertThat(end.out(), containsString("40 prompts to ft:ignorant"));
    assertThat(
        end.out(),
        containsString(
            """
            Against ft:ignorant
                       model  against  difference
            Accuracy  1.0000   0.0000     +1.0000
            Of 40 rows, only this model has 40 right, and only the other one 0.
            Better (p < 0.0001): with 95 % confidence the difference is at least 87.33 points.
            """));
    JsonNode other =
        json(
            fast(
                "evaluate",
                dataset.toString(),
                "ft:ignorant",
                "--against=" + model(dataset),
                "--yes",
                "--json"));
    assertThat(other.at("/comparison/verdict").asText(), is("worse"));
    assertThat(other.at("/comparison/onlyAgainst").asInt(), is(40));
    assertThat(other.at("/comparison/classes").size(), is(2));
    assertThat(asked(), is(80));
  }

  @Test
  void whatWasAskedBeforeIsNotAskedAgainInAnotherFolderAndCostsNothing() {
    Path one = night("1", new DatasetOnDisk().examples(12, 30));
    fast("promote", one.toString(), "--registry=nights/registry.json").with(ExitCode.SUCCEEDED);
    fast("evaluate", one.toString(), "--yes").with(ExitCode.SUCCEEDED);
    assertThat(asked(), is(30));
    // Of its 30 rows, 25 are those of the night before.
    Path two = night("2", new DatasetOnDisk().examples(12, 30).from(5).continuing(one));
    Ended end =
        fast("evaluate", two.toString(), "--against=production", "--yes").with(ExitCode.SUCCEEDED);
    assertThat(
        end.out(), containsString("25 of 30 answers of " + model(one) + " were there\n5 prompts"));
    assertThat(asked(), is(30 + 30 + 5));
    // All is there: no leave to spend is needed.
    Ended again = fast("evaluate", two.toString(), "--against=last").with(ExitCode.SUCCEEDED);
    assertThat(again.out(), containsString("30 of 30 answers of " + model(one) + " were there"));
    assertThat(asked(), is(65));
    fast("evaluate", two.toString(), "--fresh", "--yes").with(ExitCode.SUCCEEDED);
    assertThat(asked(), is(95));
  }

  @Test
  void aModelOfTheSameNameAtAnotherAddressIsAnotherOne() {
    Path dataset = night("1", new DatasetOnDisk().examples(12, 30));
    String name = model(dataset);
    fast("promote", dataset.toString(), "--as=there").with(ExitCode.SUCCEEDED);
    String elsewhere = "--baseUrl=" + standIn.root() + "/nebius/v1";
    Ended end = fast("evaluate", dataset.toString(), name, "--against=there", "--yes", "--json");
    assertThat(
        end.with(ExitCode.WRONG_USE).message(),
        is("--against: %s is the model itself".formatted(name)));
    fast("promote", name, "--as=here", elsewhere, "--registry=" + dataset.resolve("registry.json"))
        .with(ExitCode.SUCCEEDED);
    JsonNode compared =
        json(fast("evaluate", dataset.toString(), "here", "--against=there", "--yes", "--json"));
    assertThat(compared.at("/comparison/rows").asInt(), is(30));
    assertThat(asked(), is(30));
    assertThat(standIn.requests("POST", "/nebius/v1/chat/completions").size(), is(30));
  }

  @Test
  void theBudgetHoldsForBothModelsTogether() {
    Path dataset = night("1", new DatasetOnDisk().examples(12, 30));
    fast("evaluate", dataset.toString(), "--against=gpt-4o-2024-08-06", "--budget=0.0004")
        .with(ExitCode.OVER_BUDGET);
    assertThat(asked(), is(0));
  }

  @Test
  void withoutARunBeforeThereIsNoLast() {
    Path dataset = night("1", new DatasetOnDisk());
    assertThat(
        fast("evaluate", dataset.toString(), "--against=last").with(ExitCode.WRONG_USE).message(),
        is(
            "--against=last: no model was trained from %s before %s"
                .formatted(dataset, model(dataset))));
    assertThat(
        fast("evaluate", dataset.toString(), "--against=" + model(dataset))
            .with(ExitCode.WRONG_USE)
            .message(),
        is("--against: %s is the model itself".formatted(model(dataset))));
  }

  @Test
  void aPromotedModelIsFoundByItsNameAndARollbackBringsBackTheOneBefore() throws IOException {
    Path one = night("1", new DatasetOnDisk());
    Path registry = folder.resolve("nights/registry.json");
    Ended first =
        fast("promote", one.toString(), "--registry=" + registry).with(ExitCode.SUCCEEDED);
    assertThat(
        first.out(),
        is(
            """
            production is %s
            Next
              ./tunebeam ask production TEXT --registry=%s
            """
                .formatted(model(one), registry)));
    Path two = night("2", new DatasetOnDisk().from(100).continuing(one));
    fast("evaluate", two.toString(), "--yes").with(ExitCode.SUCCEEDED);
    JsonNode second = json(fast("promote", two.toString(), "--json"));
    assertThat(second.at("/changed").asBoolean(), is(true));
    assertThat(second.at("/registry").asText(), is(registry.toString()));
    assertThat(second.at("/models/current/model").asText(), is(model(two)));
    assertThat(second.at("/models/current/dataset").asText(), is("2"));
    assertThat(second.at("/models/current/digest").asText().length(), is(64));
    assertThat(second.at("/models/current/scores/tokenF1").isNumber(), is(true));
    assertThat(second.at("/models/previous/0/model").asText(), is(model(one)));
    // The same once more changes nothing.
    String written = Files.readString(registry);
    assertThat(
        fast("promote", two.toString()).with(ExitCode.SUCCEEDED).out(),
        startsWith("production is %s already\n".formatted(model(two))));
    assertThat(Files.readString(registry), is(written));

    assertThat(
        run("registry", "production", "--registry=" + registry).with(ExitCode.SUCCEEDED).out(),
        is(model(two) + "\n"));
    standIn.behaviour().wrongPercent(0);
    assertThat(
        fast("ask", "production", "Frage 100: wie spät ist es?", "--registry=" + registry)
            .with(ExitCode.SUCCEEDED)
            .out(),
        is("time\n"));
    assertThat(
        fast("evaluate", two.toString(), "production", "--json").out(),
        containsString("\"model\":\"%s\"".formatted(model(two))));

    assertThat(
        run("rollback", two.toString()).with(ExitCode.SUCCEEDED).out(),
        is("production is %s again, and no longer %s\n".formatted(model(one), model(two))));
    assertThat(
        run("rollback", two.toString()).with(ExitCode.WRONG_USE).message(),
        is(
            "%s is the first model that was production: there is none before it, in %s"
                .formatted(model(one), registry)));
    JsonNode names = json(run("registry", "--registry=" + registry, "--json")).path("names");
    assertThat(names.at("/production/current/model").asText(), is(model(one)));
    assertThat(names.at("/production/rolledBack/0/model").asText(), is(model(two)));
    assertThat(names.at("/production/rolledBack/0/rolledBack").asText(), startsWith("2026-11-20T"));
  }

  @Test
  void namesThatCannotBeAreRefusedAndWhatIsTwoThingsIsSaid() throws IOException {
    Path one = night("1", new DatasetOnDisk());
    for (String name : List.of("last", "ft:a", "A", "", "../x")) {
      assertThat(
          fast("promote", one.toString(), "--as=" + name).with(ExitCode.WRONG_USE).message(),
          startsWith("--as: a name has 1 to 63 lower-case letters"));
    }
    assertThat(
        run("registry", "production").with(ExitCode.WRONG_USE).message(),
        is("no model is called production in %s".formatted(folder.resolve("registry.json"))));
    fast("promote", one.toString(), "--registry=registry.json").with(ExitCode.SUCCEEDED);
    Files.createDirectory(folder.resolve("production"));
    assertThat(
        fast("ask", "production", "text").with(ExitCode.WRONG_USE).message(),
        is(
            "production is a folder and also a name in %s: write ./production for the folder, or"
                    .formatted(folder.resolve("registry.json"))
                + " give the model itself"));
  }

  @Test
  void aRegistryThatIsDamagedIsNamedAndNeverReplaced() throws IOException {
    Path one = night("1", new DatasetOnDisk());
    Path file = one.resolve("registry.json");
    for (String text :
        List.of(
            "",
            "{",
            "null",
            "{}",
            "{\"version\":2,\"names\":{}}",
            "{\"version\":1,\"names\":{\"production\":null}}",
            "{\"version\":1,\"names\":{\"production\":{\"current\":{\"model\":\"m\"}}}}",
            "{\"version\":1,\"names\":{},\"more\":1}")) {
      Files.writeString(file, text);
      for (List<String> command :
          List.of(
              List.of("promote", one.toString()),
              List.of("rollback", one.toString()),
              List.of("registry", "--registry=" + file))) {
        assertThat(
            run(command.toArray(String[]::new)).with(ExitCode.WRONG_USE).message(),
            startsWith(file + " is broken: "));
      }
      assertThat(Files.readString(file), is(text));
    }
  }

  @Test
  void theNightAfterFindsTheRegistryBesideItAndNeverBeginsAnother() throws IOException {
    Path one = night("1", new DatasetOnDisk());
    fast("promote", one.toString()).with(ExitCode.SUCCEEDED);
    assertThat(Files.exists(one.resolve("registry.json")), is(true));
    Path two = night("2", new DatasetOnDisk().from(100).continuing(one));
    assertThat(
        fast("promote", two.toString()).with(ExitCode.WRONG_USE).message(),
        is(
            "%s continues %s, which has a registry of its own: move %s to %s, where each night"
                    .formatted(
                        two,
                        one,
                        one.resolve("registry.json"),
                        folder.resolve("nights/registry.json"))
                + " finds it"));
    Files.move(one.resolve("registry.json"), folder.resolve("nights/registry.json"));
    assertThat(
        fast("promote", two.toString()).with(ExitCode.SUCCEEDED).out(),
        startsWith("production is %s, and was %s\n".formatted(model(two), model(one))));
  }

  @Test
  void manyAtOnceLoseNoPromotion() throws Exception {
    ExecutorService all = Executors.newFixedThreadPool(4);
    List<Future<Ended>> ends = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String name = "--as=name" + i;
      Callable<Ended> promote = () -> fast("promote", "ft:one", name, "--registry=registry.json");
      ends.add(all.submit(promote));
    }
    for (Future<Ended> end : ends) {
      end.get().with(ExitCode.SUCCEEDED);
    }
    all.shutdown();
    assertThat(json(run("registry", "--json")).path("names").size(), is(8));
  }

  @Test
  void twoEvaluationsAtOnceAskEachQuestionOnce() throws Exception {
    Path dataset = night("1", new DatasetOnDisk().examples(12, 30));
    ExecutorService both = Executors.newFixedThreadPool(2);
    Callable<Ended> evaluate = () -> fast("evaluate", dataset.toString(), "--yes");
    List<Future<Ended>> ends = List.of(both.submit(evaluate), both.submit(evaluate));
    for (Future<Ended> end : ends) {
      assertThat(end.get().with(ExitCode.SUCCEEDED).out(), containsString("Examples  30\n"));
    }
    both.shutdown();
    assertThat(asked(), is(30));
  }

  @Test
  void theKeptAnswersHoldNoQuestion() throws IOException {
    Path dataset = night("1", new DatasetOnDisk());
    fast("evaluate", dataset.toString(), "--yes").with(ExitCode.SUCCEEDED);
    List<String> names = new ArrayList<>();
    try (var files = Files.list(dataset.resolve("answers"))) {
      for (Path file : files.sorted().toList()) {
        names.add(file.getFileName().toString().replaceAll("-[0-9a-f]{12}\\.", "-HASH."));
        assertThat(Files.readString(file), not(containsString("wie sp")));
      }
    }
    String model = model(dataset).replace(':', '-').replace("--", "-");
    assertThat(names, contains("." + model + "-HASH.jsonl.lock", model + "-HASH.jsonl"));
    assertThat(names, hasItem(containsString("ft-gpt")));
  }
}
