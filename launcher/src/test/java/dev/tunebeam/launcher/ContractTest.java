package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.standin.OpenApiContract;
import dev.tunebeam.launcher.standin.Recorded;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every request of every command, and every answer to it, as OpenAI describes its API. */
class ContractTest extends StandInTest {

  @AfterEach
  void everyRequestAndAnswerFitsTheDescription() throws Exception {
    Optional<OpenApiContract> contract = OpenApiContract.find();
    assumeTrue(contract.isPresent(), "no openapi.json beside the repository");
    List<String> complaints = new ArrayList<>();
    for (Recorded request : standIn.requests()) {
      complaints.addAll(contract.get().complaints(request));
    }
    // The description has this status in an example only.
    complaints.removeIf(complaint -> complaint.contains(" answer 200: $.status: ") && paused());
    assertThat(complaints, empty());
  }

  private boolean paused() {
    return !standIn.requests("POST", ".*/pause").isEmpty();
  }

  private JsonNode created() {
    List<Recorded> requests = standIn.requests("POST", "/v1/fine_tuning/jobs");
    return java.util.Objects.requireNonNull(requests.get(requests.size() - 1).json());
  }

  private String run(Recorded request) {
    return java.util.Objects.requireNonNull(request.json())
        .path("metadata")
        .path("tunebeam_run")
        .asText();
  }

  /** The body, with the names that come from hashes cut out. */
  private String settings() {
    com.fasterxml.jackson.databind.node.ObjectNode body = created().deepCopy();
    body.remove(List.of("metadata", "training_file", "validation_file"));
    return body.toString();
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  @Test
  void launchWithEveryOption() {
    Path dataset = dataset();
    launch(
            dataset,
            "--suffix=tickets",
            "--epochs=2",
            "--batchSize=4",
            "--learningRateMultiplier=1.80",
            "--seed=0",
            "--wandbProject=support",
            "--wandbName=first",
            "--wandbEntity=team",
            "--wandbTags=a",
            "--wandbTags=b",
            "--method=supervised",
            "--model=gpt-4o-mini",
            "--budget=100")
        .with(ExitCode.SUCCEEDED);
    theOnlyJob(dataset);
    assertThat(
        settings(),
        is(
            json(
                "{'model':'gpt-4o-mini-2024-07-18','seed':0,'integrations':[{'type':'wandb',"
                    + "'wandb':{'project':'support','name':'first','entity':'team','tags':['a','b']}}],"
                    + "'suffix':'tickets','method':{'type':'supervised','supervised':"
                    + "{'hyperparameters':{'n_epochs':2,'batch_size':4,"
                    + "'learning_rate_multiplier':1.8}}}}")));
  }

  @Test
  void launchOfPromptsAndCompletionsWithoutAValidationSplit() {
    clock = from("2026-03-01T00:00:00Z"); // davinci-002 could still be trained
    standIn.addBaseModel("davinci-002", "2026-09-28", true);
    Path dataset =
        new DatasetOnDisk()
            .format(Format.COMPLETION)
            .pricedFor("openai", "davinci-002")
            .encoding("cl100k_base")
            .examples(10, 0)
            .in(folder.resolve("prompts"));
    launch(dataset).with(ExitCode.SUCCEEDED);
    theOnlyJob(dataset);
    assertThat(created().has("validation_file"), is(false));
    assertThat(
        settings(),
        is(
            json(
                "{'model':'davinci-002','method':{'type':'supervised','supervised':"
                    + "{'hyperparameters':{'n_epochs':3}}}}")));
  }

  @Test
  void launchOfPreferencePairs() {
    Optional<Format> pairs =
        Arrays.stream(Format.values())
            .filter(format -> format.toString().equals("preference"))
            .findFirst();
    assumeTrue(pairs.isPresent(), "no such format");
    Path dataset = new DatasetOnDisk().format(pairs.get()).in(folder.resolve("pairs"));
    launch(dataset, "--beta=0.10", "--batchSize=2").with(ExitCode.SUCCEEDED);
    theOnlyJob(dataset);
    assertThat(
        settings(),
        is(
            json(
                "{'model':'gpt-4o-mini-2024-07-18','method':{'type':'dpo','dpo':"
                    + "{'hyperparameters':{'n_epochs':3,'batch_size':2,'beta':0.1}}}}")));
  }

  @Test
  void theCommandsAroundAJob() {
    Path dataset = dataset();
    standIn.behaviour().advanceByPolls(false);
    launch(dataset, "--detach").with(ExitCode.SUCCEEDED);
    String job = standIn.jobs().get(0).id();
    standIn.advance();
    for (String command : List.of("show", "pause", "resume", "checkpoints")) {
      fast(command, dataset.toString(), "--json").with(ExitCode.SUCCEEDED);
      fast(command.equals("resume") ? "pause" : "show", job).with(ExitCode.SUCCEEDED);
    }
    fast("resume", job).with(ExitCode.SUCCEEDED);
    fast("jobs").with(ExitCode.SUCCEEDED);
    fast("jobs", "--all", "--json").with(ExitCode.SUCCEEDED);
    fast("cancel", job).with(ExitCode.SUCCEEDED);
    fast("follow", dataset.toString(), "--poll=1ms").with(ExitCode.JOB_FAILED);
    fast("show", "ftjob-none").with(ExitCode.REFUSED);
    assertThat(run(standIn.requests("POST", "/v1/fine_tuning/jobs").get(0)).length(), is(32));
  }

  @Test
  void theCommandsAroundAModel() {
    Path dataset = dataset();
    launch(dataset).with(ExitCode.SUCCEEDED);
    String model = String.valueOf(standIn.jobs().get(0).tunedModel());
    fast("checkpoints", dataset.toString()).with(ExitCode.SUCCEEDED);
    fast("results", dataset.toString()).with(ExitCode.SUCCEEDED);
    standIn.behaviour().resultsInBase64(true);
    fast("ask", dataset.toString(), "Frage 1: wie spät ist es?").with(ExitCode.SUCCEEDED);
    fast("ask", dataset.toString(), "Frage 1?", "--logprobs", "--json").with(ExitCode.SUCCEEDED);
    fast("evaluate", dataset.toString(), "--yes").with(ExitCode.SUCCEEDED);
    fast("models", "--live").with(ExitCode.SUCCEEDED);
    fast("delete", model, "--yes").with(ExitCode.SUCCEEDED);
    fast("delete", model, "--yes").with(ExitCode.SUCCEEDED);
    String training = standIn.jobs().get(0).spec().trainingFile();
    assertThat(
        fast("delete", model, training, "--yes", "--json").with(ExitCode.SUCCEEDED).out(),
        is("{\"deleted\":[\"%s\",\"%s\"]}\n".formatted(model, training)));
    assertThat(standIn.files().stream().anyMatch(file -> file.id().equals(training)), is(false));
  }
}
