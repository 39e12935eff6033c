package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.DataFolder;
import dev.tunebeam.dataset.FolderOwner;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.standin.Job;
import dev.tunebeam.launcher.standin.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import okio.ByteString;
import org.junit.jupiter.api.Test;

/** A dataset is launched as one job, even if launched repeatedly. */
class LaunchTest extends StandInTest {

  private static final String JOB = "ftjob-standin00003";

  @Test
  void aDatasetBecomesOneJobThatIsFollowedToItsModel() {
    Path dataset = dataset();
    Ended end = launch(dataset).with(ExitCode.SUCCEEDED);
    assertThat(
        end.out().lines().toList(),
        contains(
            startsWith(
                "Dataset %s: chat, 12 examples in train, 3 in validation, digest "
                    .formatted(dataset)),
            is(
                "gpt-4o-mini-2024-07-18 (openai): training ends on 2027-01-05, in 46 days; closed to"
                    + " new accounts"),
            is("Training gpt-4o-mini-2024-07-18 at OpenAI, 3 epochs of 1,000,000 tokens: $9.00"),
            is("Model ft:gpt-4o-mini-2024-07-18:stand-in::abc123"),
            is("Next"),
            is("  ./tunebeam results " + dataset),
            is("  ./tunebeam ask " + dataset + " 'TEXT'"),
            is("  ./tunebeam evaluate " + dataset)));
    Job job = theOnlyJob(dataset);
    JsonNode launch = parsed(launchFile(dataset)).path("launches").path(0);
    assertThat(job.spec().metadata().get("tunebeam_run"), is(launch.path("run").asText()));
    assertThat(job.spec().metadata().get("tunebeam_digest"), is(launch.path("digest").asText()));
    assertThat(launch.path("step").asText(), is("over"));
    assertThat(
        launch.path("job"),
        is(
            Json.parse(
                "{\"id\":\"%s\",\"status\":\"succeeded\",\"tunedModel\":\"%s\"}"
                    .formatted(JOB, job.tunedModel()))));
  }

  @Test
  void aSecondLaunchFindsTheJobAndAsksForNothing() {
    Path dataset = dataset();
    launch(dataset, "--detach").with(ExitCode.SUCCEEDED);
    terminal = true;
    Ended end = fast("launch", dataset.toString(), "--poll=1ms").with(ExitCode.SUCCEEDED);
    theOnlyJob(dataset);
    assertThat(end.err(), not(containsString("[y/N]")));
    assertThat(end.told().get(0), is("job %s already exists: validating_files".formatted(JOB)));
    assertThat(launch(dataset).with(ExitCode.SUCCEEDED).told().get(0), containsString("succeeded"));
    theOnlyJob(dataset);
  }

  @Test
  void withoutTheLaunchFileFilesAndJobAreFoundAtTheProvider() throws Exception {
    Path dataset = dataset();
    launch(dataset, "--detach").with(ExitCode.SUCCEEDED);
    Files.delete(dataset.resolve("launch.json"));
    Ended end = fast("launch", dataset.toString(), "--detach").with(ExitCode.SUCCEEDED);
    theOnlyJob(dataset);
    assertThat(end.told(), contains("job %s already exists: validating_files".formatted(JOB)));
  }

  @Test
  void otherSettingsAreAnotherRunOnTheSameFiles() {
    Path dataset = dataset();
    launch(dataset, "--detach").with(ExitCode.SUCCEEDED);
    launch(dataset, "--detach", "--epochs=2", "--learningRateMultiplier=0.50")
        .with(ExitCode.SUCCEEDED);
    launch(dataset, "--detach", "--epochs=2", "--learningRateMultiplier=0.5")
        .with(ExitCode.SUCCEEDED);
    assertThat(standIn.jobs().stream().map(job -> job.spec().epochs()).toList(), contains(3, 2));
    assertThat(standIn.files().size(), is(2));
  }

  @Test
  void aRunWithWeightsAndBiasesIsFoundAgainToo() {
    Path dataset = dataset();
    String[] wandb = {"--detach", "--wandbProject=tickets"};
    launch(dataset, wandb).with(ExitCode.SUCCEEDED);
    launch(dataset, wandb).with(ExitCode.SUCCEEDED);
    theOnlyJob(dataset);
    launch(dataset, "--detach", "--wandbProject=tickets", "--wandbTags=a", "--wandbTags=b")
        .with(ExitCode.SUCCEEDED);
    assertThat(standIn.jobs().size(), is(2));
  }

  @Test
  void aFileThatWasDeletedAtTheProviderIsSentAgainForTheNextRunOnly() {
    Path dataset = dataset();
    launch(dataset, "--detach").with(ExitCode.SUCCEEDED);
    String train = standIn.files().get(0).id();
    elsewhere("DELETE", "/files/" + train, null);
    launch(dataset, "--detach").with(ExitCode.SUCCEEDED);
    assertThat(standIn.files().size(), is(1));
    launch(dataset, "--detach", "--epochs=2").with(ExitCode.SUCCEEDED);
    assertThat(standIn.files().size(), is(2));
    assertThat(standIn.jobs().size(), is(2));
  }

  @Test
  void aJobThatFailedIsStartedAgainOnlyWhenAsked() {
    Path dataset = dataset();
    standIn.behaviour().outcome(Outcome.failed("server_error", "It broke.\u001b[31m", null));
    Ended failed = launch(dataset).with(ExitCode.JOB_FAILED);
    assertThat(
        failed.out().lines().skip(3).toList(),
        contains(
            "Job %s failed: server_error: It broke.\\u001b[31m".formatted(JOB),
            "Next",
            "  fix the cause, then ./tunebeam launch %s --again starts a new job"
                .formatted(dataset)));
    launch(dataset).with(ExitCode.JOB_FAILED);
    theOnlyJob(dataset);
    standIn.behaviour().outcome(Outcome.succeeded());
    launch(dataset, "--again").with(ExitCode.SUCCEEDED);
    launch(dataset, "--again").with(ExitCode.SUCCEEDED);
    assertThat(standIn.jobs().stream().map(Job::status).toList(), contains("failed", "succeeded"));
    assertThat(
        standIn.files().stream().filter(f -> f.purpose().equals("fine-tune")).count(), is(2L));
    Map<String, String> first = standIn.jobs().get(0).spec().metadata();
    Map<String, String> second = standIn.jobs().get(1).spec().metadata();
    assertThat(first.get("tunebeam_digest"), is(second.get("tunebeam_digest")));
    assertThat(first.get("tunebeam_run"), not(is(second.get("tunebeam_run"))));
  }

  @Test
  void aTunedModelIsTrainedOnWithAHint() {
    Path dataset = dataset();
    launch(dataset).with(ExitCode.SUCCEEDED);
    String tuned = String.valueOf(standIn.jobs().get(0).tunedModel());
    Ended end = launch(dataset, "--model=" + tuned).with(ExitCode.SUCCEEDED);
    assertThat(standIn.jobs().get(1).spec().model(), is(tuned));
    assertThat(
        end.out().lines().toList().get(2),
        is(
            ("Hint: %s is already fine-tuned. If the new dataset is much smaller than the"
                    + " previous one, use a learning rate 2 to 4 times lower"
                    + " (--learningRateMultiplier).")
                .formatted(tuned)));
    assertThat(end.out(), containsString("3 epochs of 1,000,000 tokens: $9.00"));
  }

  @Test
  void aDryRunSendsNothingKeepsNothingAndNeedsNoKey() {
    Path dataset = dataset();
    variables.remove("OPENAI_API_KEY");
    Ended end = run("launch", dataset.toString(), "--dryRun", "--json").with(ExitCode.SUCCEEDED);
    assertThat(standIn.requests(), empty());
    assertThat(Files.exists(dataset.resolve("launch.json")), is(false));
    JsonNode requests = parsed(end.out()).path("requests");
    List<String> lines =
        java.util.stream.StreamSupport.stream(requests.spliterator(), false)
            .map(one -> one.path("method").asText() + " " + one.path("url").asText())
            .map(line -> line.replace(standIn.url(), "").replaceFirst("\\?.*", ""))
            .toList();
    assertThat(
        lines,
        contains(
            "GET /files",
            "GET /files",
            "POST /files",
            "GET /files",
            "POST /files",
            "GET /fine_tuning/jobs",
            "POST /fine_tuning/jobs",
            "GET /fine_tuning/jobs"));
    assertThat(requests.path(6).path("body").path("model").asText(), is(DatasetOnDisk.MODEL));
    Ended text = run("launch", dataset.toString(), "--dryRun").with(ExitCode.SUCCEEDED);
    assertThat(text.out(), containsString("\nAuthorization: ***\n"));
  }

  @Test
  void theRecipesLaunchSectionCountsUnlessAFlagSaysOtherwise() {
    Path dataset =
        new DatasetOnDisk()
            .recipe(Map.of("suffix", "tickets", "epochs", 2, "budget", 50, "seed", 7))
            .in(folder.resolve("recipe"));
    launch(dataset, "--detach", "--epochs=4").with(ExitCode.SUCCEEDED);
    Job job = theOnlyJob(dataset);
    assertThat(job.spec().suffix(), is("tickets"));
    assertThat(job.spec().epochs(), is(4));
    assertThat(job.spec().request().path("seed").asInt(), is(7));
  }

  @Test
  void aDatasetIsLaunchedWhilePrepareWritesANewOneAndNotBeforeThereIsOne() throws Exception {
    Path dataset = dataset();
    FolderOwner prepare = FolderOwner.self("a", clock.instant());
    Files.write(dataset.resolve(FolderOwner.FILE_NAME), prepare.bytes());
    Ended end = launch(dataset).with(ExitCode.SUCCEEDED);
    assertThat(
        end.told(),
        hasItem(
            "%s is writing a new dataset to %s; this launches the one that is there"
                .formatted(prepare, dataset)));
    theOnlyJob(dataset);
    Files.delete(dataset.resolve("manifest.json"));
    assertThat(
        launch(dataset).with(ExitCode.TRY_LATER).message(),
        is(
            "%s is writing the dataset in %s; run the same command when it has ended"
                .formatted(prepare, dataset)));
  }

  @Test
  void namesThatAKilledPrepareLeftAreMended() throws Exception {
    Path dataset = folder.resolve("tickets");
    new DatasetOnDisk().inDataFolder("a".repeat(16)).in(dataset);
    List<Path> links =
        List.of(
            dataset.resolve("train-00000-of-00002.jsonl"),
            dataset.resolve("train-00001-of-00002.jsonl"));
    for (Path link : links) {
      Files.createLink(
          link, dataset.resolve(DataFolder.of("a".repeat(16))).resolve(link.getFileName()));
    }
    new DatasetOnDisk().shards(1).inDataFolder("b".repeat(16)).in(dataset);
    Files.writeString(dataset.resolve("validation-00000-of-00009.jsonl"), "mine");
    launch(dataset).with(ExitCode.SUCCEEDED);
    try (Stream<Path> names = Files.list(dataset)) {
      assertThat(
          names
              .map(name -> name.getFileName().toString())
              .filter(name -> name.endsWith(".jsonl"))
              .sorted()
              .toList(),
          is(
              List.of(
                  "train-00000-of-00001.jsonl",
                  "validation-00000-of-00001.jsonl",
                  "validation-00000-of-00009.jsonl")));
    }
    assertThat(
        ByteString.of(Files.readAllBytes(dataset.resolve("train-00000-of-00001.jsonl"))),
        is(DatasetOnDisk.bytes(dataset, "train")));
  }

  @Test
  void aCopyWithoutItsHiddenFoldersIsLaunched() throws Exception {
    Path dataset = folder.resolve("tickets");
    new DatasetOnDisk().inDataFolder("a".repeat(16)).in(dataset);
    Path data = dataset.resolve(DataFolder.of("a".repeat(16)));
    ByteString train = DatasetOnDisk.bytes(dataset, "train");
    try (Stream<Path> files = Files.list(data)) {
      for (Path file : files.toList()) {
        Files.move(file, dataset.resolve(file.getFileName()));
      }
    }
    Files.delete(data);
    launch(dataset).with(ExitCode.SUCCEEDED);
    assertThat(standIn.files().get(0).content(), is(train));
  }
}
