package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.standin.Fault;
import dev.tunebeam.launcher.standin.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** run, with a stand-in for the start script that makes the dataset that was laid out for it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the start script is for bash")
class RunTest extends StandInTest {

  private PrepareScript prepare = new PrepareScript();

  @BeforeEach
  void layOut() throws IOException {
    prepare = PrepareScript.in(folder.resolve("my tool"));
    Files.writeString(folder.resolve("recipe.yaml"), "input: in.csv\n");
  }

  @AfterEach
  void forget() {
    System.clearProperty(PrepareScript.START);
  }

  private void prepares(DatasetOnDisk dataset) {
    prepare.makes(dataset);
  }

  private void endsWith(int code) throws IOException {
    prepare.endsWith(code);
  }

  private List<String> arguments() throws IOException {
    return prepare.arguments();
  }

  private Ended nightly(String... more) {
    String[] flags = {"run", "--recipe=recipe.yaml", "--output=tickets", "--poll=1ms"};
    return fast(Stream.of(flags, more).flatMap(Arrays::stream).toArray(String[]::new));
  }

  private long creations() {
    return lines().stream().filter(line -> line.matches("POST .*/fine_tuning/jobs")).count();
  }

  @Test
  void aRecipeBecomesADatasetAndThatOneJob() throws IOException {
    Ended end =
        nightly("--yes", "--inputFormat=csv", "--classTemplate={{a b}}", "--quiet")
            .with(ExitCode.SUCCEEDED);
    assertThat(
        arguments(),
        equalTo(
            List.of(
                "prepare",
                "--recipe=recipe.yaml",
                "--inputFormat=csv",
                "--classTemplate={{a b}}",
                "--quiet",
                "--output=tickets",
                "--overwrite",
                "--previous=tickets")));
    assertThat(end.out(), startsWith("the report\nDataset "));
    assertThat(end.told().get(0), equalTo("the progress"));
    theOnlyJob(folder.resolve("tickets"));
  }

  @Test
  void theDatasetThatIsThereIsContinuedUnlessAnotherIsNamed() throws IOException {
    Files.createDirectories(folder.resolve("tickets"));
    Files.writeString(folder.resolve("tickets/manifest.json"), "{\"sides\": {}}");
    nightly("--yes").with(ExitCode.SUCCEEDED);
    assertThat(arguments(), hasItem("--previous=tickets"));

    Files.writeString(folder.resolve("tickets/manifest.json"), "{\"sides\": {}}");
    nightly("--yes", "--previous=other").with(ExitCode.SUCCEEDED);
    List<String> all = arguments();
    assertThat(Collections.frequency(all, "--previous=tickets"), equalTo(1));
    assertThat(all, hasItem("--previous=other"));
  }

  @Test
  void withNothingNewTheJobThatIsThereIsAdoptedAndOneThatIsMissingIsCreated() throws IOException {
    Path tickets = Files.createDirectories(folder.resolve("tickets"));
    new DatasetOnDisk().in(tickets);
    int nothingNew = ExitCode.NOTHING_NEW.code();
    endsWith(nothingNew);
    continuesSides(tickets);
    Ended missing = nightly("--yes").with(ExitCode.SUCCEEDED);
    assertThat(
        missing.told(), hasItem("nothing new: the dataset in tickets stays, and so does its job"));
    Job job = theOnlyJob(tickets);
    Ended again = nightly().with(ExitCode.SUCCEEDED);
    assertThat(again.told(), hasItem("job %s already exists: succeeded".formatted(job.id())));
    assertThat(creations(), equalTo(1L));

    // Since another dataset it is no news of this one.
    assertThat(nightly("--previous=other").code(), equalTo(nothingNew));
    assertThat(creations(), equalTo(1L));
  }

  @Test
  void inThirtyNightsEachWithNewsIsOneJobAndEachWithoutIsNone() throws IOException {
    Random random = new Random(30);
    Set<Integer> corpora = new HashSet<>();
    for (int night = 0; night < 30; night++) {
      int examples = 12 + random.nextInt(15);
      corpora.add(examples);
      prepares(new DatasetOnDisk().examples(examples, 3));
      nightly("--yes").with(ExitCode.SUCCEEDED);
      assertThat("jobs after night " + night, creations(), equalTo((long) corpora.size()));
    }
    assertThat(corpora.size(), lessThan(30));
  }

  @Test
  void aNightWhoseLaunchFailedIsLaunchedBeforeTheNextLeavesOutWhatItHas() throws IOException {
    prepares(new DatasetOnDisk().examples(12, 3));
    standIn.onRequest("POST", "/v1/fine_tuning/jobs", 1, Fault.trainingNotAvailable());
    nightly("--yes", "--since=previous").with(ExitCode.REFUSED);
    assertThat(standIn.jobs().size(), equalTo(0));
    continuesSides(folder.resolve("tickets"));

    prepares(new DatasetOnDisk().examples(14, 3));
    Ended next = nightly("--yes", "--since=previous").with(ExitCode.SUCCEEDED);
    assertThat(
        next.told(),
        hasItem(
            "the dataset in %s has no job, and the next one leaves out what it has: launching it first"
                .formatted(folder.resolve("tickets"))));
    assertThat(standIn.jobs().size(), equalTo(2));
    continuesSides(folder.resolve("tickets"));

    prepares(new DatasetOnDisk().examples(16, 3));
    nightly("--yes", "--since=previous").with(ExitCode.SUCCEEDED);
    assertThat(standIn.jobs().size(), equalTo(3));
  }

  private static void continuesSides(Path dataset) throws IOException {
    Path manifest = dataset.resolve("manifest.json");
    Files.writeString(
        manifest,
        Files.readString(manifest).replaceFirst("\\{", "{\"sides\":{\"layout\":1,\"files\":[]},"));
  }

  @Test
  void againOverTheSameInputItAdoptsTheJobAndAsksForNoLeaveToSpend() {
    nightly("--yes").with(ExitCode.SUCCEEDED);
    String launched = launchFile(folder.resolve("tickets"));
    Ended again = nightly().with(ExitCode.SUCCEEDED);
    Job job = theOnlyJob(folder.resolve("tickets"));
    assertThat(again.told(), hasItem("job %s already exists: succeeded".formatted(job.id())));
    assertThat(launchFile(folder.resolve("tickets")), equalTo(launched));
    assertThat(creations(), equalTo(1L));
  }

  @Test
  void anotherInputIsAnotherJob() {
    nightly("--yes").with(ExitCode.SUCCEEDED);
    prepares(new DatasetOnDisk().examples(14, 3));
    nightly("--yes").with(ExitCode.SUCCEEDED);
    assertThat(standIn.jobs().size(), equalTo(2));
    assertThat(creations(), equalTo(2L));
  }

  @Test
  void theRecipesBudgetHolds() {
    prepares(new DatasetOnDisk().recipe(Map.of("budget", 8.5)));
    nightly().with(ExitCode.OVER_BUDGET);
    assertThat(standIn.jobs(), empty());
    nightly("--budget=9").with(ExitCode.SUCCEEDED);
  }

  @Test
  void thePricesOfTheRecipeAreThoseOfTheLaunch() throws IOException {
    Files.createDirectory(folder.resolve("recipes"));
    Files.writeString(
        folder.resolve("recipes/recipe.yaml"), "prices: prices.yaml\noutput: ../tickets\n");
    Files.writeString(
        folder.resolve("recipes/prices.yaml"),
        """
        models:
          - id: %s
            training: 1000
            pricesAsOf: 2026-11-01
        """
            .formatted(DatasetOnDisk.MODEL));
    Ended end = fast("run", "--recipe=recipes/recipe.yaml", "--budget=100");
    end.with(ExitCode.OVER_BUDGET);
    assertThat(end.message(), containsString("$3,000"));
    assertThat(arguments(), hasItem("--output=recipes/../tickets"));
  }

  @Test
  void aFailedPrepareEndsTheRunWithItsCodeAndNothingIsSent() throws IOException {
    for (int code : List.of(1, 2, 3, 8, 130)) {
      endsWith(code);
      assertThat(nightly("--yes").code(), equalTo(code));
    }
    assertThat(lines(), empty());
    Ended end = nightly("--yes", "--json");
    assertThat(
        new ObjectMapper().readTree(end.out()),
        equalTo(
            new ObjectMapper()
                .readTree(
                    "{\"error\":{\"exitCode\":130,"
                        + "\"message\":\"prepare ended with exit code 130\"}}")));
  }

  @Test
  void withJsonTheOutputIsOneDocumentAndTheReportIsOnTheStandardError() throws IOException {
    Ended end = nightly("--yes", "--json").with(ExitCode.SUCCEEDED);
    assertThat(end.out().lines().count(), equalTo(1L));
    assertThat(
        new ObjectMapper().readTree(end.out()).at("/job/id").asText(),
        equalTo(standIn.jobs().get(0).id()));
    assertThat(end.told(), hasItem("the report"));
  }

  @Test
  void modelEpochsAndPricesHoldForBoth() throws IOException {
    Files.writeString(folder.resolve("prices.yaml"), "models: []\n");
    nightly(
            "--yes",
            "--provider=openai",
            "--model=gpt-4.1-mini-2025-04-14",
            "--epochs=2",
            "--prices=prices.yaml")
        .with(ExitCode.SUCCEEDED);
    assertThat(
        arguments().subList(2, 5),
        equalTo(
            List.of(
                "--model=openai/gpt-4.1-mini-2025-04-14", "--epochs=2", "--prices=prices.yaml")));
    assertThat(standIn.jobs().get(0).spec().toString(), containsString("gpt-4.1-mini-2025-04-14"));
  }

  @Test
  void aModelThatTheCatalogueDoesNotKnowIsNotCountedFor() throws IOException {
    Ended end = nightly("--yes", "--model=gpt-9");
    assertThat(arguments(), not(hasItem(startsWith("--model"))));
    assertThat(
        end.told(),
        hasItem("gpt-9 is not in the catalogue: prepare counts and prices the recipe's model"));
  }

  @Test
  void aDryRunIsThatOfPrepare() throws IOException {
    Ended end = nightly("--dryRun").with(ExitCode.SUCCEEDED);
    assertThat(arguments(), equalTo(List.of("prepare", "--recipe=recipe.yaml", "--dryRun")));
    assertThat(end.told(), hasItem("dry run: no dataset was written, nothing was sent"));
    assertThat(Files.exists(folder.resolve("tickets")), equalTo(false));
    assertThat(lines(), empty());
  }

  @Test
  void twoAtOnceOnOneFolderPrepareOneAfterTheOtherAndPayForOneJob() throws Exception {
    ExecutorService both = Executors.newFixedThreadPool(2);
    try {
      List<Future<Ended>> ends = new ArrayList<>();
      Callable<Ended> run = () -> nightly("--yes");
      ends.add(both.submit(run));
      ends.add(both.submit(run));
      for (Future<Ended> end : ends) {
        end.get().with(ExitCode.SUCCEEDED);
      }
    } finally {
      both.shutdown();
    }
    theOnlyJob(folder.resolve("tickets"));
    assertThat(creations(), equalTo(1L));
  }

  @Test
  void withoutLeaveToOverwriteTheDatasetThatIsThereStays() {
    nightly("--yes").with(ExitCode.SUCCEEDED);
    nightly("--yes", "--overwrite=false").with(ExitCode.WRONG_USE);
  }

  @Test
  void whatCanBeKnownBeforeIsRefusedBeforeHoursOfPrepare() throws IOException {
    assertThat(
        nightly("--seed=1").with(ExitCode.WRONG_USE).message(),
        equalTo("--seed is ambiguous: set seed (split) or launch.seed (training) in the recipe"));
    assertThat(
        fast("run", "--recipe=recipe.yaml").with(ExitCode.WRONG_USE).message(),
        equalTo("no output folder: set --output=FOLDER, or output in the recipe"));
    assertThat(
        fast("run", "--output=s3a://bucket/x").with(ExitCode.WRONG_USE).message(),
        startsWith("--output: s3a://bucket/x is not a local folder"));
    assertThat(
        fast("run", "--recipe=no.yaml").with(ExitCode.WRONG_USE).message(),
        equalTo("--recipe: %s: no such file".formatted(folder.resolve("no.yaml"))));
    assertThat(
        nightly("--budget=-1").with(ExitCode.WRONG_USE).message(),
        equalTo("--budget must not be below 0, not -1"));
    Files.writeString(folder.resolve("recipe.yaml"), "launch: {provider: nebius}\n");
    assertThat(
        nightly("--yes").with(ExitCode.WRONG_USE).message(),
        startsWith("no API key: set the variable"));
    System.clearProperty(PrepareScript.START);
    assertThat(
        fast("run", "--output=x").with(ExitCode.WRONG_USE).message(),
        equalTo("run needs the start script to run prepare: use ./tunebeam run"));
    assertThat(arguments(), empty());
  }
}
