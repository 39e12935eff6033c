package dev.tunebeam.launcher.provider.together;

import static dev.tunebeam.launcher.provider.Scripted.KEY;
import static dev.tunebeam.launcher.provider.Scripted.settings;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.launcher.command.Providers;
import dev.tunebeam.launcher.http.RefusedException;
import dev.tunebeam.launcher.http.UncertainException;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.provider.Checkpoint;
import dev.tunebeam.launcher.provider.DatasetFile;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.JobEvent;
import dev.tunebeam.launcher.provider.JobStatus;
import dev.tunebeam.launcher.provider.LiveModel;
import dev.tunebeam.launcher.provider.Page;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.provider.RemoteFile;
import dev.tunebeam.launcher.provider.Scripted;
import dev.tunebeam.launcher.provider.TrainingSettings;
import dev.tunebeam.launcher.provider.UploadJournal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TogetherTest {

  private static final String MODEL = "meta-llama/Meta-Llama-3.1-8B-Instruct-Reference";

  private final Scripted together = new Scripted();
  private final Scripted storage = new Scripted();
  private final Provider provider =
      Providers.open("together", together.connection("/v1/", Map.of()));

  @AfterEach
  void close() {
    together.close();
    storage.close();
  }

  private MockResponse.Builder redirect() {
    return new MockResponse.Builder()
        .code(302)
        .addHeader("Location", storage.server.url("/bucket/file?signature=abc"))
        .addHeader("X-Together-File-Id", "file-9");
  }

  @Test
  void aFileGoesToTheSignedAddressWithoutTheKeyAndIsAnnounced(@TempDir Path folder) {
    DatasetFile file = Scripted.file(folder);
    together.answers(redirect()).answers("{\"id\":\"file-9\"}");
    storage.answers("");

    RemoteFile remote = provider.upload(file, together);

    Scripted.Asked named =
        together.asked().line("POST /v1/files").header("Authorization", "Bearer " + KEY);
    assertThat(named.text(), is("purpose=fine-tune&file_name=" + file.name() + "&file_type=jsonl"));
    Scripted.Asked bytes =
        storage
            .asked()
            .line("PUT /bucket/file?signature=abc")
            .header("Authorization", null)
            .header("Content-Type", "application/octet-stream")
            .header("Content-Length", "33");
    assertThat(bytes.text(), is("{\"messages\":[]}\n{\"messages\":[1]}\n"));
    assertThat(bytes.request().getHeaders().toString(), not(containsString(KEY)));
    together.asked().line("POST /v1/files/file-9/preprocess").json("{}");
    assertThat(remote, is(new RemoteFile("file-9", file.name(), 33)));
  }

  @Test
  void bytesThatAreLostOnTheWayAreSentAgainAndCountedOnce(@TempDir Path folder) {
    together.answers(redirect()).answers("{\"id\":\"file-9\"}");
    storage.answers(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).body(""));
    storage.answers(503, "slow down").answers("");
    List<Long> counted = new ArrayList<>();

    provider.upload(
        Scripted.file(folder),
        new UploadJournal() {
          @Override
          public Session session(String sha256) {
            throw new AssertionError();
          }

          @Override
          public void save(Session session) {
            throw new AssertionError();
          }

          @Override
          public LongConsumer progress() {
            return counted::add;
          }
        });

    assertThat(storage.server.getRequestCount(), is(3));
    assertThat(counted.stream().mapToLong(Long::longValue).sum(), is(33L));
  }

  @Test
  void aStorageThatRefusesIsNamedWithoutItsSignature(@TempDir Path folder) {
    together.answers(redirect());
    storage.answers(403, "<Error><Code>SignatureDoesNotMatch</Code></Error>");

    RefusedException refused =
        assertThrows(
            RefusedException.class, () -> provider.upload(Scripted.file(folder), together));

    assertThat(
        refused.text(),
        is("PUT to %s: 403 SignatureDoesNotMatch".formatted(storage.server.getHostName())));
  }

  @Test
  void aFileOfTheSameNameAndSizeIsFoundAndAnnouncedIfItWasNot(@TempDir Path folder) {
    DatasetFile file = Scripted.file(folder);
    together
        .answers(
            """
            {"data":[{"id":"file-1","filename":"%1$s","bytes":0,"Processed":false},
                     {"id":"file-2","filename":"%1$s","bytes":33,"Processed":false}]}
            """
                .formatted(file.name()))
        .answers("{}");

    Optional<RemoteFile> found = provider.findFile(file);

    assertThat(found, is(Optional.of(new RemoteFile("file-2", file.name(), 33))));
    together.asked().line("GET /v1/files");
    together.asked().line("POST /v1/files/file-2/preprocess");
  }

  @Test
  void aSupervisedJobIsCreated() {
    together.answers("{\"data\":[]}");
    together.answers(
        """
        {"id":"ft-1","status":"pending","created_at":"2026-11-20T12:00:00.5Z",
         "training_file":"file-train","n_epochs":3,"model":"%s","suffix":"support-0e22d6d61907"}
        """
            .formatted(MODEL));
    TrainingSettings settings =
        new TrainingSettings(
            MODEL,
            Method.SUPERVISED,
            3,
            8,
            null,
            new BigDecimal("0.00002"),
            null,
            42,
            "support",
            null,
            null,
            null);

    Job job = provider.create(Scripted.request(settings, true));

    together.asked().line("GET /v1/fine-tunes");
    together
        .asked()
        .line("POST /v1/fine-tunes")
        .header("Authorization", "Bearer " + KEY)
        .json(
            """
            {"model":"%s","training_file":"file-train","n_epochs":3,
             "validation_file":"file-valid","n_evals":3,
             "training_method":{"method":"sft","train_on_inputs":"auto"},
             "batch_size":8,"learning_rate":0.00002,"random_seed":42,
             "suffix":"support-0e22d6d61907"}
            """
                .formatted(MODEL));
    assertThat(job.id(), is("ft-1"));
    assertThat(job.status(), is(JobStatus.QUEUED));
    assertThat(job.createdAt(), is(Instant.parse("2026-11-20T12:00:00.5Z")));
    assertThat(job.settings(), is(Scripted.json("{'n_epochs':3,'suffix':'support-0e22d6d61907'}")));
  }

  @Test
  void aPreferenceJobOfATunedModelContinuesFromIt() {
    together.answers(
        "{\"data\":[{\"id\":\"ft-0\",\"status\":\"completed\",\"model_output_name\":\"me/llama-x-1\"}]}");
    together.answers(
        "{\"id\":\"ft-1\",\"status\":\"pending\",\"suffix\":\"tunebeam-0e22d6d61907\"}");
    TrainingSettings settings =
        new TrainingSettings(
            "me/llama-x-1",
            Method.DPO,
            null,
            null,
            null,
            null,
            new BigDecimal("0.2"),
            null,
            null,
            null,
            null,
            null);

    provider.create(Scripted.request(settings, false));

    together.asked();
    together
        .asked()
        .line("POST /v1/fine-tunes")
        .json(
            """
            {"from_checkpoint":"me/llama-x-1","training_file":"file-train","n_epochs":1,
             "training_method":{"method":"dpo","dpo_beta":0.2},
             "suffix":"tunebeam-0e22d6d61907"}
            """);
  }

  @Test
  void aLostAnswerToACreationIsUncertainAndNotRepeated() {
    together.answers("{\"data\":[]}").losesTheAnswer();

    assertThrows(
        UncertainException.class, () -> provider.create(Scripted.request(settings(MODEL), false)));
    assertThat(together.server.getRequestCount(), is(2));
  }

  @Test
  void aBusyServerThatWantsTheCreationAtOnceAgainDoesNotGetIt() {
    together.answers("{\"data\":[]}");
    together.answers(
        new MockResponse.Builder().code(503).addHeader("Retry-After", "0").body("busy"));

    assertThrows(
        UncertainException.class, () -> provider.create(Scripted.request(settings(MODEL), false)));
    assertThat(together.server.getRequestCount(), is(2));
  }

  @Test
  void theRunsJobsAreThoseWithItsSuffixOrName() {
    together.answers(
        """
        {"data":[
          {"id":"ft-3","status":"running","training_file":"file-train","suffix":"tunebeam-0e22d6d61907",
           "created_at":"2026-11-20T11:00:00Z"},
          {"id":"ft-2","status":"running","training_file":"file-train","suffix":null,
           "model_output_name":"me/Llama-tunebeam-0e22d6d61907-ab12","created_at":
           "2026-11-20T10:00:00Z"},
          {"id":"ft-1","status":"running","training_file":"file-train","suffix":"tunebeam-000000000000"},
          {"id":"ft-0","status":"running","training_file":"file-other",
           "suffix":"tunebeam-0e22d6d61907","created_at":"2026-11-20T09:00:00Z"},
          {"id":"ft-x","status":"running"}]}
        """);

    List<Job> jobs = provider.findJobs(Scripted.request(settings(MODEL), false));

    assertThat(jobs.stream().map(Job::id).toList(), contains("ft-0", "ft-2", "ft-3"));
  }

  @Test
  void aJobThatTrainsTheFileAndDoesNotSayForWhichRunStopsTheLaunch() {
    together.answers(
        "{\"data\":[{\"id\":\"ft-7\",\"training_file\":\"file-train\",\"status\":\"pending\"}]}");

    LauncherException stopped =
        assertThrows(
            LauncherException.class,
            () -> provider.findJobs(Scripted.request(settings(MODEL), false)));

    assertThat(
        stopped.text(),
        is(
            "ft-7 trains on the same file, but Together does not report its suffix yet, so"
                + " it may be this run; retry in a minute, or cancel it"));
  }

  @Test
  void thePriceIsAskedForWithWhatDecidesAboutIt() {
    together.answers("{\"data\":[]}");
    together.answers("{\"estimation_available\":true,\"estimated_total_price\":4.25}");

    Optional<BigDecimal> price = provider.estimate(Scripted.request(settings(MODEL), true));

    assertThat(price, is(Optional.of(new BigDecimal("4.25"))));
    together.asked();
    together
        .asked()
        .line("POST /v1/fine-tunes/estimate-price")
        .json(
            """
            {"model":"%s","training_file":"file-train","n_epochs":1,
             "validation_file":"file-valid","n_evals":1,
             "training_method":{"method":"sft","train_on_inputs":"auto"}}
            """
                .formatted(MODEL));
  }

  @Test
  void anEstimateThatIsNotAvailableIsNone() {
    together.answers("{\"data\":[]}");
    together.answers("{\"estimation_available\":false,\"unavailable_reason\":\"new model\"}");

    assertThat(provider.estimate(Scripted.request(settings(MODEL), false)), is(Optional.empty()));
  }

  @Test
  void aFailedJobTellsItsLastErrorAndARunningOneItsFinish() {
    together.answers(
        """
        {"id":"ft-1","status":"user_error","updated_at":"2026-11-20T13:00:00Z",
         "events":[{"type":"job_start","message":"started"},
                   {"type":"job_user_error","message":"bad file"}]}
        """);
    together.answers(
        """
        {"id":"ft-2","status":"compressing","model_output_name":"me/x",
         "progress":{"estimate_available":true,"seconds_remaining":90},"token_count":1200}
        """);

    Job failed = provider.job("ft-1");
    Job running = provider.job("ft-2");

    assertThat(failed.status(), is(JobStatus.FAILED));
    assertThat(failed.error(), is("bad file"));
    assertThat(failed.finishedAt(), is(Instant.parse("2026-11-20T13:00:00Z")));
    assertThat(running.status(), is(JobStatus.RUNNING));
    assertThat(running.estimatedFinish(), is(Scripted.NOW.plusSeconds(90)));
    assertThat(running.trainedTokens(), is(1200L));
    assertThat(String.valueOf(running.tunedModel()), is("null"));
  }

  @Test
  void eventsComeOnceInTheirOrderWithTheirFigures() {
    together.answers(
        """
        {"data":[
          {"hash":"b","created_at":"2026-11-20T12:02:00Z","level":"legacy_iwarning",
           "message":"late","type":"warning","step":0},
          {"hash":"a","created_at":"2026-11-20T12:01:00Z","level":"Info",
           "message":"epoch","type":"epoch_complete","step":5,"total_steps":10},
          {"hash":"a","created_at":"2026-11-20T12:01:00Z","message":"epoch"},
          {"hash":"known","message":"old"},
          {"created_at":"2026-11-20T12:03:00Z","type":"job_error","message":"gone"}]}
        """);

    List<JobEvent> events = provider.events("ft-1", Set.of("known"));

    assertThat(
        events,
        contains(
            new JobEvent(
                "a",
                Instant.parse("2026-11-20T12:01:00Z"),
                "info",
                "epoch",
                Scripted.json("{'step':5,'total_steps':10}")),
            new JobEvent(
                "b", Instant.parse("2026-11-20T12:02:00Z"), "warn", "late", Scripted.json("{}")),
            new JobEvent(
                "2026-11-20T12:03:00Z job_error gone",
                Instant.parse("2026-11-20T12:03:00Z"),
                "error",
                "gone",
                Scripted.json("{}"))));
  }

  @Test
  void metricsOfTrainingAndEvaluationMeetByStep() {
    together.answers("{\"id\":\"ft-1\",\"status\":\"completed\"}");
    together.answers(
        """
        {"metrics":[{"train/global_step":1,"train/loss":0.9,"train/learning_rate":0.00001},
                    {"train/global_step":2,"train/loss":0.7},
                    {"eval/global_step":2,"eval/loss":0.8}]}
        """);

    byte[] csv = provider.results(provider.job("ft-1")).orElseThrow();

    assertThat(
        new String(csv, StandardCharsets.UTF_8),
        is(
            """
            step,train_loss,train_mean_token_accuracy,valid_loss,valid_mean_token_accuracy,full_valid_loss,full_valid_mean_token_accuracy
            1,0.9,,,,,
            2,0.7,,,,0.8,
            """));
  }

  @Test
  void checkpointsAreNamedByJobAndStep() {
    together.answers(
        """
        {"data":[{"step":20,"created_at":"2026-11-20T12:00:00Z","path":"s3","object_name":"p/c"},
                 {"step":10}]}
        """);

    assertThat(
        provider.checkpoints("ft-1"),
        contains(
            new Checkpoint("ft-1:10", 10, "", null, Scripted.json("{}")),
            new Checkpoint("ft-1:20", 20, "p/c", Scripted.NOW, Scripted.json("{}"))));
  }

  @Test
  void jobsArePagedHereSinceTheListIsNot() {
    String list =
        """
        {"data":[{"id":"ft-1","status":"running","created_at":"2026-11-20T10:00:00Z"},
                 {"id":"ft-3","status":"running","created_at":"2026-11-20T12:00:00Z"},
                 {"id":"ft-2","status":"running","created_at":"2026-11-20T11:00:00Z"}]}
        """;
    together.answers(list).answers(list).answers(list);

    Page<Job> first = provider.jobs("", 2);
    Page<Job> second = provider.jobs("ft-2", 2);

    assertThat(first.items().stream().map(Job::id).toList(), contains("ft-3", "ft-2"));
    assertThat(first.hasMore(), is(true));
    assertThat(second.items().stream().map(Job::id).toList(), contains("ft-1"));
    assertThat(second.hasMore(), is(false));
    assertThat(provider.jobs("gone", 2), is(new Page<>(List.of(), false)));
  }

  @Test
  void aJobThatIsOverStaysAsItIsWhenItIsCancelled() {
    together.answers(400, "{\"error\":{\"message\":\"not running\"}}");
    together.answers("{\"id\":\"ft-1\",\"status\":\"completed\",\"model_output_name\":\"me/x\"}");

    Job job = provider.cancel("ft-1");

    assertThat(job.status(), is(JobStatus.SUCCEEDED));
    assertThat(job.tunedModel(), is("me/x"));
    together.asked().line("POST /v1/fine-tunes/ft-1/cancel").json("{}");
    together.asked().line("GET /v1/fine-tunes/ft-1");
  }

  @Test
  void aModelGoesWithTheJobThatMadeIt() {
    together.answers(
        "{\"data\":[{\"id\":\"ft-1\",\"status\":\"completed\",\"model_output_name\":\"me/x\"}]}");
    together.answers("{\"message\":\"deleted\"}").answers("{\"data\":[]}");

    provider.delete("me/x");

    together.asked();
    together.asked().line("DELETE /v1/fine-tunes/ft-1");
    assertThat(
        assertThrows(LauncherException.class, () -> provider.delete("me/y")).text(),
        is("no job of this Together AI account has a model named me/y"));
  }

  @Test
  void anUploadedFileIsDeletedByItsId() {
    together.answers("{\"id\":\"file-1\",\"deleted\":true}");

    provider.delete("file-1");

    together.asked().line("DELETE /v1/files/file-1");
  }

  @Test
  void modelsAreABareList() {
    together.answers("[{\"id\":\"a/b\",\"organization\":\"A\"},{\"id\":\"c\"}]");

    assertThat(
        provider.models(),
        contains(new LiveModel("a/b", "A", null), new LiveModel("c", null, null)));
  }

  @Test
  void theRunsPlaceInASuffixIsNotTheUsers() {
    TrainingSettings settings =
        new TrainingSettings(
            MODEL,
            Method.SUPERVISED,
            null,
            null,
            null,
            null,
            null,
            null,
            "x".repeat(28),
            null,
            null,
            null);

    assertThat(
        assertThrows(LauncherException.class, () -> provider.check(settings)).text(),
        is(
            "--suffix: the maximum at Together AI is 27 characters, '%s' has 28"
                .formatted("x".repeat(28))));
  }
}
