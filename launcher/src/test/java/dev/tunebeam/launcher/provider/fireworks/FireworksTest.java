package dev.tunebeam.launcher.provider.fireworks;

import static dev.tunebeam.launcher.provider.Scripted.KEY;
import static dev.tunebeam.launcher.provider.Scripted.settings;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.command.Providers;
import dev.tunebeam.launcher.http.RefusedException;
import dev.tunebeam.launcher.http.UncertainException;
import dev.tunebeam.launcher.inference.InferenceRequest;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.provider.DatasetFile;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.JobEvent;
import dev.tunebeam.launcher.provider.JobRequest;
import dev.tunebeam.launcher.provider.JobStatus;
import dev.tunebeam.launcher.provider.LiveModel;
import dev.tunebeam.launcher.provider.Page;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.provider.RemoteFile;
import dev.tunebeam.launcher.provider.Scripted;
import dev.tunebeam.launcher.provider.TrainingSettings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FireworksTest {

  private static final String ID = "tunebeam-sft-0e22d6d6190745cdb8e284595d064919";
  private static final Map<String, String> ACCOUNT = Map.of("FIREWORKS_ACCOUNT_ID", "acme");

  private final Scripted fireworks = new Scripted();
  private final Scripted storage = new Scripted();
  private final Provider provider = Providers.open("fireworks", fireworks.connection("/", ACCOUNT));

  @AfterEach
  void close() {
    fireworks.close();
    storage.close();
  }

  private static TrainingSettings all(Method method, String model) {
    return new TrainingSettings(
        model,
        method,
        2,
        16,
        null,
        new BigDecimal("0.0001"),
        null,
        null,
        "support",
        null,
        null,
        null);
  }

  @Test
  void withoutAnAccountThereIsAMessageAndNoRequest() {
    for (Map<String, String> variables :
        List.of(
            Map.<String, String>of(),
            Map.of("FIREWORKS_ACCOUNT_ID", " "),
            Map.of("FIREWORKS_ACCOUNT_ID", "../other"))) {
      LauncherException refused =
          assertThrows(
              LauncherException.class,
              () -> Providers.open("fireworks", fireworks.connection("/", variables)));
      assertThat(
          refused.text(),
          is(
              "FIREWORKS_ACCOUNT_ID must be set to the Fireworks account name; 'firectl"
                  + " whoami' shows it"));
    }
  }

  @Test
  void aDatasetIsRecordedUploadedAndWaitedFor(@TempDir Path folder) {
    DatasetFile file = Scripted.file(folder);
    String id = file.name().replace(".jsonl", "");
    fireworks.answers("{}").answers("{}");
    fireworks.answers("{\"state\":\"UPLOADING\"}").answers("{\"state\":\"READY\"}");

    RemoteFile remote = provider.upload(file, fireworks);

    fireworks
        .asked()
        .line("POST /v1/accounts/acme/datasets")
        .header("Authorization", "Bearer " + KEY)
        .json("{'datasetId':'%s','dataset':{'exampleCount':'2','userUploaded':{}}}".formatted(id));
    Scripted.Asked bytes =
        fireworks.asked().line("POST /v1/accounts/acme/datasets/" + id + ":upload");
    assertThat(bytes.text(), containsString("name=\"file\"; filename=\"" + file.name() + "\"\r\n"));
    assertThat(bytes.text(), containsString("\r\n\r\n{\"messages\":[]}\n{\"messages\":[1]}\n\r\n"));
    fireworks.asked().line("GET /v1/accounts/acme/datasets/" + id);
    fireworks.asked().line("GET /v1/accounts/acme/datasets/" + id);
    assertThat(remote, is(new RemoteFile("accounts/acme/datasets/" + id, file.name(), 33)));
    assertThat(fireworks.waits, contains("Fireworks is processing the train split"));
  }

  @Test
  void anUploadThatWasBrokenOffGoesOnInItsRecord(@TempDir Path folder) {
    fireworks.answers(409, "{\"code\":6,\"message\":\"already exists\"}");
    fireworks.answers("{}").answers("{\"state\":\"READY\"}");

    provider.upload(Scripted.file(folder), fireworks);

    assertThat(fireworks.server.getRequestCount(), is(3));
  }

  @Test
  void aLostAnswerToAnUploadIsUncertain(@TempDir Path folder) {
    fireworks.answers("{}").losesTheAnswer();

    assertThrows(UncertainException.class, () -> provider.upload(Scripted.file(folder), fireworks));
  }

  @Test
  void aFileAbove150MegabytesGoesToASignedAddressWithoutTheKey(@TempDir Path folder)
      throws IOException {
    Path shard = folder.resolve("train-00000-of-00001.jsonl");
    long bytes = FireworksDatasets.DIRECT + 1;
    try (RandomAccessFile sparse = new RandomAccessFile(shard.toFile(), "rw")) {
      sparse.setLength(bytes);
    }
    String sha256 = Scripted.sha256(Files.readAllBytes(shard));
    DatasetFile file =
        new DatasetFile("train", List.of(new DatasetFile.Shard(shard, bytes, sha256)), 2, bytes);
    String path = "/v1/accounts/acme/datasets/tunebeam-train-" + sha256.substring(0, 16);
    fireworks.answers("{}");
    fireworks.answers(
        "{'filenameToSignedUrls':{'%s':'%s'}}"
            .replace('\'', '"')
            .formatted(file.name(), storage.server.url("/bucket?signature=abc")));
    fireworks.answers("{}").answers("{\"state\":\"READY\"}");
    storage.answers("");

    provider.upload(file, fireworks);

    fireworks.asked();
    fireworks
        .asked()
        .line("POST " + path + ":getUploadEndpoint")
        .json("{'filenameToSize':{'%s':'150000001'}}".formatted(file.name()));
    Scripted.Asked put =
        storage
            .asked()
            .line("PUT /bucket?signature=abc")
            .header("Content-Type", "application/octet-stream")
            .header("x-goog-content-length-range", "150000001,150000001");
    assertThat(put.request().getBodySize(), is(bytes));
    assertThat(put.request().getHeaders().toString(), not(containsString(KEY)));
    fireworks.asked().line("POST " + path + ":validateUpload").json("{}");
    fireworks.asked().line("GET " + path);
  }

  @Test
  void aDatasetThatFireworksRefusesIsSaidWithItsReason(@TempDir Path folder) {
    fireworks.answers("{}").answers("{}");
    fireworks.answers(
        "{'state':'UPLOADING','status':{'code':'INVALID_ARGUMENT','message':'line 3'}}"
            .replace('\'', '"'));
    DatasetFile file = Scripted.file(folder);

    LauncherException refused =
        assertThrows(LauncherException.class, () -> provider.upload(file, fireworks));

    assertThat(refused.exitCode(), is(ExitCode.REFUSED));
    assertThat(
        refused.text(),
        is(
            "Fireworks rejected %s: INVALID_ARGUMENT line 3"
                .formatted(file.name().replace(".jsonl", ""))));
  }

  @Test
  void onlyADatasetThatIsReadyIsFound(@TempDir Path folder) {
    DatasetFile file = Scripted.file(folder);
    fireworks.answers(404, "{\"code\":5,\"message\":\"not found\"}");
    fireworks.answers("{\"state\":\"UPLOADING\"}").answers("{\"state\":\"READY\"}");

    assertThat(provider.findFile(file), is(Optional.empty()));
    assertThat(provider.findFile(file), is(Optional.empty()));
    assertThat(
        provider.findFile(file).map(RemoteFile::id),
        is(Optional.of("accounts/acme/datasets/" + file.name().replace(".jsonl", ""))));
  }

  @Test
  void aSupervisedJobIsCreatedUnderAnIdMadeOfTheRun() {
    fireworks.answers(
        """
        {"name":"accounts/acme/supervisedFineTuningJobs/%s","state":"JOB_STATE_CREATING",
         "dataset":"file-train","epochs":2,"baseModel":"accounts/fireworks/models/qwen3-8b",
         "createTime":"2026-11-20T12:00:00.123456Z","wandbConfig":{"apiKey":"secret"}}
        """
            .formatted(ID));

    Job job = provider.create(Scripted.request(all(Method.SUPERVISED, "qwen3-8b"), true));

    fireworks
        .asked()
        .line("POST /v1/accounts/acme/supervisedFineTuningJobs?supervisedFineTuningJobId=" + ID)
        .header("Authorization", "Bearer " + KEY)
        .json(
            """
            {"displayName":"support-0e22d6d61907","dataset":"file-train",
             "evaluationDataset":"file-valid","baseModel":"accounts/fireworks/models/qwen3-8b",
             "outputModel":"accounts/acme/models/support-0e22d6d61907",
             "epochs":2,"learningRate":0.0001,"batchSizeSamples":16}
            """);
    assertThat(job.id(), is(ID));
    assertThat(job.status(), is(JobStatus.QUEUED));
    assertThat(job.createdAt(), is(Instant.parse("2026-11-20T12:00:00.123456Z")));
    assertThat(job.settings(), is(Scripted.json("{'epochs':2}")));
  }

  @Test
  void aPreferenceJobHasItsSettingsOneLevelDeeperAndContinuesAnOwnModel() {
    fireworks.answers(
        "{\"name\":\"a/%s\",\"state\":\"JOB_STATE_CREATING\"}".formatted(ID.replace("sft", "dpo")));

    provider.create(Scripted.request(all(Method.DPO, "accounts/acme/models/earlier"), true));

    fireworks
        .asked()
        .line("POST /v1/accounts/acme/dpoJobs?dpoJobId=" + ID.replace("sft", "dpo"))
        .json(
            """
            {"displayName":"support-0e22d6d61907","dataset":"file-train",
             "trainingConfig":{"warmStartFrom":"accounts/acme/models/earlier",
               "outputModel":"accounts/acme/models/support-0e22d6d61907",
               "epochs":2,"learningRate":0.0001,"batchSizeSamples":16}}
            """);
  }

  @Test
  void thePriceOfASupervisedJobIsAskedForWithTheBodyOfTheJob() {
    fireworks.answers(
        "{\"estimatedCost\":{\"currencyCode\":\"USD\",\"units\":\"3\",\"nanos\":250000000}}");
    fireworks.answers("{\"estimatedCost\":{\"currencyCode\":\"USD\"}}");
    fireworks.answers("{\"estimatedCost\":{\"currencyCode\":\"EUR\",\"units\":\"3\"}}");
    JobRequest request = Scripted.request(all(Method.SUPERVISED, "qwen3-8b"), true);

    assertThat(provider.estimate(request), is(Optional.of(new BigDecimal("3.250000000"))));
    assertThat(provider.estimate(request), is(Optional.of(new BigDecimal("0E-9"))));
    assertThat(provider.estimate(request), is(Optional.empty()));

    fireworks
        .asked()
        .line("POST /v1/accounts/acme/supervisedFineTuningJobs:estimateCost")
        .json(
            """
            {"displayName":"support-0e22d6d61907","dataset":"file-train",
             "evaluationDataset":"file-valid","baseModel":"accounts/fireworks/models/qwen3-8b",
             "outputModel":"accounts/acme/models/support-0e22d6d61907",
             "epochs":2,"learningRate":0.0001,"batchSizeSamples":16}
            """);
  }

  @Test
  void anAnswerWithoutAnAmountIsNoEstimateAndIsAskedForAgain() {
    fireworks
        .answers("{}")
        .answers("{\"estimatedCost\":{\"currencyCode\":\"USD\",\"units\":\"-1\"}}");
    fireworks.answers("{\"estimatedCost\":{\"currencyCode\":\"USD\",\"units\":\"two\"}}");
    fireworks.answers("{\"estimatedCost\":{\"currencyCode\":\"USD\",\"units\":\"2\"}}");

    assertThat(
        provider.estimate(Scripted.request(settings("m"), false)).map(BigDecimal::intValueExact),
        is(Optional.of(2)));
    assertThat(fireworks.server.getRequestCount(), is(4));
  }

  @Test
  void aJobThatIsThereAlreadyIsARefusalThatTheLaunchLooksAfter() {
    fireworks.answers(409, "{\"code\":6,\"message\":\"job already exists\"}");

    RefusedException refused =
        assertThrows(
            RefusedException.class,
            () -> provider.create(Scripted.request(settings("qwen3-8b"), false)));

    assertThat(refused.status(), is(409));
    assertThat(fireworks.server.getRequestCount(), is(1));
  }

  @Test
  void aLostAnswerToACreationIsUncertainAndTheJobIsFoundByItsId() {
    JobRequest request = Scripted.request(settings("qwen3-8b"), false);
    fireworks.losesTheAnswer();
    fireworks.answers(
        "{\"name\":\"accounts/acme/supervisedFineTuningJobs/%s\",\"state\":\"JOB_STATE_PENDING\"}"
            .formatted(ID));
    fireworks.answers(404, "{\"code\":5}");

    assertThrows(UncertainException.class, () -> provider.create(request));

    assertThat(provider.findJobs(request).stream().map(Job::id).toList(), contains(ID));
    assertThat(provider.findJobs(request), is(List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "CREATING,QUEUED", "PENDING,QUEUED", "VALIDATING,VALIDATING", "RUNNING,RUNNING",
    "WRITING_RESULTS,RUNNING", "PAUSED,PAUSED", "COMPLETED,SUCCEEDED", "FAILED,FAILED",
    "EXPIRED,FAILED", "CANCELLED,CANCELLED", "UNSPECIFIED,OTHER", "NEW_WORD,OTHER"
  })
  void statesAreMapped(String state, JobStatus status) {
    fireworks.answers("{\"name\":\"x/%s\",\"state\":\"JOB_STATE_%s\"}".formatted(ID, state));

    assertThat(provider.job(ID).status(), is(status));
  }

  @Test
  void aFailedJobTellsWhyAndASucceededOneItsModel() {
    fireworks.answers(
        """
        {"name":"x/tunebeam-sft-0e22d6d6190745cdb8e284595d064919","state":"JOB_STATE_FAILED","outputModel":"accounts/acme/models/m",
         "status":{"code":"INTERNAL","message":"out of memory"}}
        """);
    fireworks.answers(
        """
        {"name":"x/tunebeam-sft-0e22d6d6190745cdb8e284595d064919","state":"JOB_STATE_COMPLETED","completedTime":"2026-11-20T13:00:00Z",
         "trainingConfig":{"outputModel":"accounts/acme/models/m","baseModel":"b"}}
        """);

    Job failed = provider.job(ID);
    Job done = provider.job(ID);

    assertThat(failed.error(), is("INTERNAL: out of memory"));
    assertThat(String.valueOf(failed.tunedModel()), is("null"));
    assertThat(done.tunedModel(), is("accounts/acme/models/m"));
    assertThat(done.model(), is("b"));
    assertThat(done.finishedAt(), is(Instant.parse("2026-11-20T13:00:00Z")));
  }

  @Test
  void aJobFromElsewhereIsLookedForInBothCollections() {
    fireworks.answers(404, "{}").answers("{\"name\":\"x/abc\",\"state\":\"JOB_STATE_RUNNING\"}");

    assertThat(provider.job("abc").id(), is("abc"));

    fireworks.asked().line("GET /v1/accounts/acme/dpoJobs/abc");
    fireworks.asked().line("GET /v1/accounts/acme/supervisedFineTuningJobs/abc");
  }

  @Test
  void jobsOfBothKindsAreOneListWithAllItsPages() {
    String[] answers = {
      """
      {"supervisedFineTuningJobs":[{"name":"a/s1","state":"JOB_STATE_RUNNING","createTime":"2026-11-20T10:00:00Z"}],
       "nextPageToken":"t"}
      """,
      """
      {"supervisedFineTuningJobs":[{"name":"a/s2","state":"JOB_STATE_RUNNING","createTime":"2026-11-20T12:00:00Z"}],
       "nextPageToken":""}
      """,
      "{\"dpoJobs\":[{\"name\":\"a/d1\",\"state\":\"JOB_STATE_RUNNING\",\"createTime\":\"2026-11-20T11:00:00Z\"}]}"
    };
    for (String answer : answers) {
      fireworks.answers(answer);
    }

    Page<Job> page = provider.jobs("", 2);

    assertThat(page.items().stream().map(Job::id).toList(), contains("s2", "d1"));
    assertThat(page.hasMore(), is(true));
    fireworks.asked().line("GET /v1/accounts/acme/supervisedFineTuningJobs?pageSize=200");
    fireworks
        .asked()
        .line("GET /v1/accounts/acme/supervisedFineTuningJobs?pageSize=200&pageToken=t");
    fireworks.asked().line("GET /v1/accounts/acme/dpoJobs?pageSize=200");
  }

  @Test
  void theStateIsAnEventOnceUntilItChanges() {
    String json =
        """
        {"name":"x/tunebeam-sft-0e22d6d6190745cdb8e284595d064919","state":"JOB_STATE_RUNNING","updateTime":"2026-11-20T12:30:00Z",
         "jobProgress":{"percent":40,"epoch":1,"failedRequests":0}}
        """;
    fireworks.answers(json).answers(json);

    List<JobEvent> first = provider.events(ID, Set.of());

    assertThat(
        first,
        contains(
            new JobEvent(
                "running {\"percent\":40,\"epoch\":1}",
                Instant.parse("2026-11-20T12:30:00Z"),
                "info",
                "running, 40 %",
                Scripted.json("{'percent':40,'epoch':1}"))));
    assertThat(provider.events(ID, Set.of(first.get(0).id())), is(List.of()));
  }

  @Test
  void metricsAreReadFromTheirSignedAddressWithoutTheKey() {
    fireworks.answers("{\"name\":\"x/" + ID + "\",\"state\":\"JOB_STATE_COMPLETED\"}");
    fireworks.answers(
        "{\"name\":\"x/%s\",\"state\":\"JOB_STATE_COMPLETED\",\"metricsFileSignedUrl\":\"%s\"}"
            .formatted(ID, storage.server.url("/m?sig=1")));
    storage.answers(
        """
        {"step":1,"data":{"train/loss":1.5,"train/epoch":0.5}}
        {"step":2,"data":{"train/loss":1.25,"eval/loss":1.75}}
        not json
        """);

    byte[] csv = provider.results(provider.job(ID)).orElseThrow();

    assertThat(
        new String(csv, StandardCharsets.UTF_8),
        is(
            """
            step,train_loss,train_mean_token_accuracy,valid_loss,valid_mean_token_accuracy,full_valid_loss,full_valid_mean_token_accuracy
            1,1.5,,,,,
            2,1.25,,,,1.75,
            """));
    storage.asked().line("GET /m?sig=1").header("Authorization", null);
  }

  @Test
  void aJobIsCancelledAndToldAsItIs() {
    fireworks
        .answers("{}")
        .answers("{\"name\":\"x/" + ID + "\",\"state\":\"JOB_STATE_CANCELLING\"}");

    assertThat(provider.cancel(ID).status(), is(JobStatus.RUNNING));
    fireworks
        .asked()
        .line("POST /v1/accounts/acme/supervisedFineTuningJobs/" + ID + ":cancel")
        .json("{}");
  }

  @Test
  void questionsAndModelsAreBelowInference() {
    fireworks.answers("{\"choices\":[{\"message\":{\"content\":\"yes\"}}]}");
    fireworks.answers("{\"data\":[{\"id\":\"accounts/fireworks/models/a\",\"owned_by\":\"f\"}]}");

    provider
        .inference()
        .answer(
            new InferenceRequest(
                "accounts/acme/models/m",
                List.of(Scripted.json("{'role':'user','content':'q'}")),
                List.of(),
                "",
                "",
                null,
                0));
    assertThat(
        provider.models(), contains(new LiveModel("accounts/fireworks/models/a", "f", null)));

    fireworks.asked().line("POST /inference/v1/chat/completions");
    fireworks.asked().line("GET /inference/v1/models");
  }

  @Test
  void onlyModelsOfTheAccountAreRemoved() {
    fireworks.answers("{}");

    provider.delete("accounts/acme/models/m");

    fireworks.asked().line("DELETE /v1/accounts/acme/models/m");
    assertThat(
        assertThrows(LauncherException.class, () -> provider.delete("accounts/fireworks/models/m"))
            .text(),
        is("accounts/fireworks/models/m is not a model of accounts/acme"));
  }

  @Test
  void aSuffixThatIsNoNameIsRefused() {
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
            "My Model",
            null,
            null,
            null);

    assertThat(
        assertThrows(LauncherException.class, () -> provider.check(settings)).text(),
        is(
            "--suffix: Fireworks AI requires lower-case letters, digits and dashes, starting"
                + " with a letter, not 'My Model'"));
  }

  @Test
  void errorsOfGrpcAreRead() {
    fireworks.answers(400, "{\"code\":3,\"message\":\"base model is not tunable\",\"details\":[]}");

    RefusedException refused = assertThrows(RefusedException.class, () -> provider.job(ID));

    assertThat(
        refused.text(),
        is("GET supervisedFineTuningJobs/" + ID + ": 400 base model is not tunable"));
  }
}
