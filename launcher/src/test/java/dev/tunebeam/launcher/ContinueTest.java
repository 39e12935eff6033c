package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.standin.Fault;
import dev.tunebeam.launcher.standin.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Training the model further that a name of the registry stands for. */
class ContinueTest extends StandInTest {

  private static final String CREATION = "/v1/fine_tuning/jobs";

  /** A night's dataset, with other rows than those of the other nights. */
  private Path night(int number) {
    return night(number, new DatasetOnDisk());
  }

  private Path night(int number, DatasetOnDisk dataset) {
    return dataset
        .examples(12, 3)
        .from(100 * number)
        .recipe(Map.of("continue", "production"))
        .in(folder.resolve("nights").resolve("night-" + number));
  }

  private Ended launched(Path dataset, String... more) {
    String[] flags = Stream.concat(Stream.of(registry()), Stream.of(more)).toArray(String[]::new);
    return launch(dataset, flags);
  }

  private String registry() {
    return "--registry=" + folder.resolve("registry.json");
  }

  private void promoted(Path dataset) {
    fast("promote", dataset.toString(), registry()).with(ExitCode.SUCCEEDED);
  }

  private String model(int job) {
    return String.valueOf(standIn.jobs().get(job).tunedModel());
  }

  private List<String> trained() {
    return standIn.jobs().stream().map(job -> job.spec().model()).toList();
  }

  /** A first night, whose model is in production. */
  private Path first() {
    Path first = night(1);
    launched(first).with(ExitCode.SUCCEEDED);
    promoted(first);
    return first;
  }

  @Test
  void theFirstNightTrainsTheBaseModelAndTheSecondThatOfTheFirstAtThePriceOfTheBaseModel() {
    Ended first = launched(night(1)).with(ExitCode.SUCCEEDED);
    assertThat(
        first.told(),
        hasItem(
            "no model is production in %s yet: %s itself is trained"
                .formatted(folder.resolve("registry.json"), DatasetOnDisk.MODEL)));
    promoted(folder.resolve("nights/night-1"));
    Ended second = launched(night(2)).with(ExitCode.SUCCEEDED);
    assertThat(
        second.told(), hasItem("production is %s, which is trained further".formatted(model(0))));
    assertThat(
        second.out(),
        containsString(
            "Training %s at OpenAI, 3 epochs of 1,000,000 tokens: $9.00\n".formatted(model(0))));
    assertThat(trained(), is(List.of(DatasetOnDisk.MODEL, model(0))));
    launched(night(3), "--budget=8.99").with(ExitCode.OVER_BUDGET);
    assertThat(trained().size(), is(2));
  }

  @Test
  void aDatasetHasOneJobWhateverIsPromotedAndEvenIfItsFileIsLost() throws IOException {
    Path first = first();
    Path second = night(2);
    launched(second).with(ExitCode.SUCCEEDED);
    promoted(second);
    for (Path dataset : List.of(first, second)) {
      for (int time = 0; time < 2; time++) {
        Ended again = launched(dataset, "--detach").with(ExitCode.SUCCEEDED);
        assertThat(again.told().toString(), containsString(" already exists: succeeded"));
        Files.delete(dataset.resolve("launch.json"));
      }
    }
    fast("rollback", registry()).with(ExitCode.SUCCEEDED);
    launched(second, "--detach").with(ExitCode.SUCCEEDED);
    assertThat(trained(), is(List.of(DatasetOnDisk.MODEL, model(0))));
  }

  @Test
  void aCreationOfUnknownOutcomeIsFoundAfterAPromotionInBetween() {
    first();
    Path other = night(5);
    launched(other, "--continue=other").with(ExitCode.SUCCEEDED);
    Path second = night(2);
    standIn.onRequest("POST", CREATION, 1, Fault.lostAnswer());
    run(
            "launch",
            second.toString(),
            registry(),
            "--yes",
            "--retryDelay=1ms",
            "--patience=1ms",
            "--settle=50ms")
        .with(ExitCode.TRY_LATER);
    promoted(other);
    launched(second).with(ExitCode.SUCCEEDED);
    assertThat(trained(), is(List.of(DatasetOnDisk.MODEL, DatasetOnDisk.MODEL, model(0))));
  }

  @Test
  void aCreationThatDidNotTakeEffectTrainsWhatIsInProductionNow() {
    first();
    Path second = night(2);
    standIn.onRequest("POST", CREATION, 1, Fault.trainingNotAvailable());
    launched(second).with(ExitCode.REFUSED);
    Path other = night(5);
    launched(other, "--continue=other").with(ExitCode.SUCCEEDED);
    promoted(other);
    launched(second).with(ExitCode.SUCCEEDED);
    assertThat(trained(), is(List.of(DatasetOnDisk.MODEL, DatasetOnDisk.MODEL, model(1))));
  }

  @Test
  void aJobThatFailedIsReplacedByOneOfWhatIsInProductionNow() {
    first();
    Path second = night(2);
    standIn.behaviour().outcome(Outcome.failed("server_error", "It broke.", null));
    launched(second).with(ExitCode.JOB_FAILED);
    standIn.behaviour().outcome(Outcome.succeeded());
    Path other = night(5);
    launched(other, "--continue=other").with(ExitCode.SUCCEEDED);
    promoted(other);
    launched(second).with(ExitCode.JOB_FAILED);
    launched(second, "--again").with(ExitCode.SUCCEEDED);
    assertThat(
        trained(), is(List.of(DatasetOnDisk.MODEL, model(0), DatasetOnDisk.MODEL, model(2))));
  }

  @Test
  void aModelThatIsElsewhereOrOfAnotherBaseIsRefusedBeforeAnythingIsUploaded() throws IOException {
    first();
    int files = standIn.files().size();
    Path second = night(2);
    assertThat(
        launched(second, "--model=gpt-4.1-mini-2025-04-14").with(ExitCode.WRONG_USE).message(),
        is(
            "production is %s, trained from gpt-4o-mini-2024-07-18, and this launch is priced for gpt-4.1-mini-2025-04-14: set --model=gpt-4o-mini-2024-07-18, or begin another name with --continue=NAME"
                .formatted(model(0))));
    assertThat(
        launched(second, "--model=" + model(0)).with(ExitCode.WRONG_USE).message(),
        is(
            "--continue=production trains the model further that production stands for, and %s is not its base model but fine-tuned: leave out one of them"
                .formatted(model(0))));
    assertThat(
        launched(second, "--continue=Production").with(ExitCode.WRONG_USE).message(),
        startsWith("--continue: a name has 1 to 63 lower-case letters"));
    assertThat(
        launched(second, "--provider=local", "--model=qwen").with(ExitCode.WRONG_USE).message(),
        is("--continue needs a provider with an API; local has none"));
    Path file = folder.resolve("registry.json");
    String registry = Files.readString(file);
    Files.writeString(file, registry.replace("\"openai\"", "\"together\""));
    assertThat(
        launched(second).with(ExitCode.WRONG_USE).message(),
        is(
            "production is %s, at together, and this launch is at openai: set --provider=together, or begin another name with --continue=NAME"
                .formatted(model(0))));
    Files.writeString(file, registry.replace(standIn.url(), "https://api.example.com/v1"));
    assertThat(
        launched(second).with(ExitCode.WRONG_USE).message(),
        startsWith("production is %s, at https://api.example.com/v1/, and ".formatted(model(0))));
    Files.writeString(file, registry.replaceFirst("\"base\" : \"[^\"]*\",", ""));
    assertThat(
        launched(second).with(ExitCode.WRONG_USE).message(),
        containsString("of a base model that the registry does not know"));
    Files.writeString(file, "{");
    assertThat(launched(second).with(ExitCode.WRONG_USE).message(), containsString("is broken"));
    assertThat(standIn.files().size(), is(files));
    assertThat(trained().size(), is(1));
  }

  @Test
  void aDatasetOfNewExamplesAloneDoesNotMakeTheFirstModelOfAName() {
    Path first = night(1);
    Path second = night(2, new DatasetOnDisk().continuing(first).newOnly(100));
    assertThat(
        launched(second).with(ExitCode.WRONG_USE).message(),
        is(
            ("no model is production in %s, and this dataset has only what is new: its model would not"
                    + " know the rest. Promote the model of the night before with ./tunebeam promote"
                    + " %s --as=production --registry=%s, or prepare without since")
                .formatted(
                    folder.resolve("registry.json"), first, folder.resolve("registry.json"))));
    assertThat(standIn.files(), empty());
  }

  @Test
  void newExamplesThatTheModelHasNotSeenAreSaid() {
    Path first = first();
    Path second = night(2, new DatasetOnDisk().continuing(first).newOnly(100));
    Ended end = launched(second).with(ExitCode.SUCCEEDED);
    assertThat(end.err(), not(containsString("it was trained on the dataset")));
    Path third = night(3, new DatasetOnDisk().continuing(second).newOnly(100));
    Ended gap = launched(third, "--json").with(ExitCode.SUCCEEDED);
    assertThat(gap.told(), hasItem(startsWith("warning: it was trained on the dataset ")));
    assertThat(trained(), is(List.of(DatasetOnDisk.MODEL, model(0), model(0))));
  }

  @Test
  void aDryRunShowsTheModelThatWouldBeTrainedFurther() {
    first();
    Ended end = launched(night(2), "--dryRun").with(ExitCode.SUCCEEDED);
    assertThat(end.out() + end.err(), containsString("{\"model\":\"" + model(0)));
    assertThat(end.told(), hasItem("dry run: nothing was sent or saved"));
    assertThat(trained().size(), is(1));
  }
}
