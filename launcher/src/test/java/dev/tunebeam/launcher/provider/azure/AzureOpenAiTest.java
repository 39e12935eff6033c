package dev.tunebeam.launcher.provider.azure;

import static dev.tunebeam.launcher.provider.Scripted.KEY;
import static dev.tunebeam.launcher.provider.Scripted.RUN;
import static dev.tunebeam.launcher.provider.Scripted.settings;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.launcher.command.Providers;
import dev.tunebeam.launcher.http.RefusedException;
import dev.tunebeam.launcher.http.UncertainException;
import dev.tunebeam.launcher.inference.InferenceRequest;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.provider.DatasetFile;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.JobStatus;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.provider.RemoteFile;
import dev.tunebeam.launcher.provider.Scripted;
import dev.tunebeam.launcher.provider.TrainingSettings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AzureOpenAiTest {

  private final Scripted azure = new Scripted();
  private final Provider provider = Providers.open("azure", azure.connection("/", Map.of()));

  @AfterEach
  void close() {
    azure.close();
  }

  @Test
  void aJobIsCreatedBelowTheEndpointWithTheKeyInItsOwnHeader() {
    azure.answers(
        "{\"id\":\"ftjob-1\",\"status\":\"pending\",\"model\":\"gpt-4.1-mini-2025-04-14\",\"metadata\":{\"tunebeam_run\":\""
            + Scripted.RUN
            + "\"}}");
    TrainingSettings settings =
        new TrainingSettings(
            "gpt-4.1-mini-2025-04-14",
            Method.DPO,
            3,
            8,
            new BigDecimal("0.5"),
            null,
            new BigDecimal("0.10"),
            7,
            "support",
            null,
            null,
            null);

    Job job = provider.create(Scripted.request(settings, true));

    azure
        .asked()
        .line("POST /openai/v1/fine_tuning/jobs")
        .header("api-key", KEY)
        .header("Authorization", null)
        .json(
            """
            {"model":"gpt-4.1-mini-2025-04-14","training_file":"file-train",
             "validation_file":"file-valid","seed":7,"suffix":"support",
             "method":{"type":"dpo","dpo":{"hyperparameters":
               {"n_epochs":3,"batch_size":8,"learning_rate_multiplier":0.5,"beta":0.1}}},
             "metadata":{"tunebeam_digest":"digest","tunebeam_run":"%s"}}
            """
                .formatted(RUN));
    assertThat(job.id(), is("ftjob-1"));
    assertThat(job.status(), is(JobStatus.OTHER));
    assertThat(job.status().isFinal(), is(false));
  }

  @Test
  void anEndpointThatNamesTheVersionIsTakenAsItIs() {
    azure.answers("{\"data\":[]}");

    Providers.open("azure", azure.connection("/openai/v1/", Map.of())).models();

    azure.asked().line("GET /openai/v1/models");
  }

  @Test
  void theEndpointOfAProjectStandsForThatOfItsResource() {
    azure.answers("{\"data\":[]}").answers("{\"data\":[]}");

    Providers.open("azure", azure.connection("/api/projects/p1/", Map.of())).models();
    Providers.open("azure", azure.connection("/api/projects/p1/openai/v1/", Map.of())).models();

    azure.asked().line("GET /openai/v1/models");
    azure.asked().line("GET /openai/v1/models");
  }

  @Test
  void aRunIsFoundByMetadataAmongAllJobsPageByPage() {
    azure
        .answers(
            """
            {"data":[{"id":"c","status":"queued","metadata":{"tunebeam_run":"another"}},
                     {"id":"b","status":"queued","metadata":{"tunebeam_run":"%s"}}],"has_more":true}
            """
                .formatted(RUN))
        .answers(
            "{\"data\":[{\"id\":\"a\",\"status\":\"queued\",\"metadata\":{\"tunebeam_run\":\"%s\"}}],\"has_more\":false}"
                .formatted(RUN));

    List<Job> jobs = provider.findJobs(Scripted.request(settings("m"), false));

    assertThat(jobs.stream().map(Job::id).toList(), contains("a", "b"));
    azure.asked().line("GET /openai/v1/fine_tuning/jobs?limit=100");
    azure.asked().line("GET /openai/v1/fine_tuning/jobs?after=b&limit=100");
  }

  @Test
  void aServerThatAnswersTheFirstPageAgainAndAgainIsNotAskedForever() {
    String page = "{\"data\":[{\"id\":\"a\",\"status\":\"queued\"}],\"has_more\":true}";
    azure.answers(page).answers(page);

    assertThat(provider.findJobs(Scripted.request(settings("m"), false)), is(List.of()));
  }

  @Test
  void aFileGoesUpAsOnePart(@TempDir Path folder) {
    azure.answers(
        201,
        "{\"id\":\"file-1\",\"filename\":\"tunebeam-train-c72f5cab08a4cadc.jsonl\",\"bytes\":33}");
    DatasetFile file = Scripted.file(folder);

    RemoteFile remote = provider.upload(file, azure);

    Scripted.Asked asked = azure.asked().line("POST /openai/v1/files").header("api-key", KEY);
    assertThat(
        asked.text(),
        is(
            """
            --BOUNDARY
            Content-Disposition: form-data; name="purpose"

            fine-tune
            --BOUNDARY
            Content-Disposition: form-data; name="file"; filename="%s"
            Content-Type: application/jsonl

            {"messages":[]}
            {"messages":[1]}

            --BOUNDARY--
            """
                .formatted(file.name())
                .replace("\n", "\r\n")
                .replace("[]}\r\n", "[]}\n")
                .replace("[1]}\r\n", "[1]}\n")));
    assertThat(remote, is(new RemoteFile("file-1", "tunebeam-train-c72f5cab08a4cadc.jsonl", 33)));
  }

  @Test
  void aLostAnswerToACreationIsUncertainAndNotRepeated() {
    azure.losesTheAnswer();

    assertThrows(
        UncertainException.class, () -> provider.create(Scripted.request(settings("m"), false)));
    assertThat(azure.server.getRequestCount(), is(1));
  }

  @Test
  void aServerErrorAfterACreationIsUncertain() {
    azure.answers(500, "{\"error\":{\"message\":\"oops\"}}");

    assertThrows(
        UncertainException.class, () -> provider.create(Scripted.request(settings("m"), false)));
  }

  @Test
  void azuresErrorsAreReadAndHideTheKey() {
    azure.answers(
        401,
        """
        {"error":{"code":"401","message":"Access denied due to invalid subscription key %s."}}
        """
            .formatted(KEY));

    RefusedException refused = assertThrows(RefusedException.class, () -> provider.job("ftjob-1"));

    assertThat(
        refused.text(),
        is(
            "GET fine_tuning/jobs/ftjob-1: 401 Access denied due to invalid subscription key"
                + " ***.; the key was rejected: check the test"));
  }

  @Test
  void questionsGoToTheDeploymentByName() {
    azure.answers("{\"choices\":[{\"message\":{\"content\":\"yes\"}}]}");

    String answer =
        provider
            .inference()
            .answer(
                new InferenceRequest(
                    "my-deployment",
                    List.of(Scripted.json("{'role':'user','content':'q'}")),
                    List.of(),
                    "",
                    "",
                    1,
                    0))
            .text();

    assertThat(answer, is("yes"));
    azure
        .asked()
        .line("POST /openai/v1/chat/completions")
        .header("api-key", KEY)
        .json(
            """
            {"model":"my-deployment","temperature":0,"max_tokens":1,
             "messages":[{"role":"user","content":"q"}]}
            """);
  }

  @Test
  void aSuffixOfMoreThan40CharactersIsRefused() {
    TrainingSettings settings =
        new TrainingSettings(
            "m",
            Method.SUPERVISED,
            null,
            null,
            null,
            null,
            null,
            null,
            "x".repeat(41),
            null,
            null,
            null);

    LauncherException refused =
        assertThrows(LauncherException.class, () -> provider.check(settings));

    assertThat(
        refused.text(),
        is(
            "--suffix: the maximum at Azure OpenAI is 40 characters, '%s' has 41"
                .formatted("x".repeat(41))));
  }

  @Test
  void completionLinesAreRefused() {
    assertThat(
        assertThrows(LauncherException.class, () -> provider.check(Format.COMPLETION)).text(),
        is(
            "Azure OpenAI does not support the format completion, only [chat, preference]:"
                + " prepare the dataset with format: chat"));
  }

  @Test
  void afterSuccessTheUserHearsOfTheDeploymentAndWhatItCosts() {
    azure.answers(
        "{\"id\":\"ftjob-1\",\"status\":\"succeeded\",\"fine_tuned_model\":\"gpt-4.1-mini.ft-1\"}");

    List<String> notes = provider.afterwards(provider.job("ftjob-1"));

    assertThat(
        notes,
        contains(
            "gpt-4.1-mini.ft-1 must be deployed before use: ./tunebeam deploy gpt-4.1-mini.ft-1"
                + " --provider=azure",
            "ask and evaluate take the deployment's name as the model, or deploy it for the time"
                + " they need with --deploy",
            "Azure deletes a deployment after 15 days without a request; the model is kept"));
  }
}
