package dev.tunebeam.launcher.provider.nebius;

import static dev.tunebeam.launcher.provider.Scripted.KEY;
import static dev.tunebeam.launcher.provider.Scripted.settings;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.launcher.command.Providers;
import dev.tunebeam.launcher.http.UncertainException;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.provider.Job;
import dev.tunebeam.launcher.provider.JobStatus;
import dev.tunebeam.launcher.provider.Provider;
import dev.tunebeam.launcher.provider.RunSuffix;
import dev.tunebeam.launcher.provider.Scripted;
import dev.tunebeam.launcher.provider.TrainingSettings;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NebiusTest {

  private static final String MODEL = "meta-llama/Llama-3.1-8B-Instruct";

  private final Scripted nebius = new Scripted();
  private final Provider provider = Providers.open("nebius", nebius.connection("/v1/", Map.of()));

  @AfterEach
  void close() {
    nebius.close();
  }

  private static TrainingSettings all() {
    return new TrainingSettings(
        MODEL,
        Method.SUPERVISED,
        2,
        16,
        null,
        new BigDecimal("0.0001"),
        null,
        42,
        "support",
        null,
        null,
        null);
  }

  @Test
  void aJobHasItsHyperparametersBesideTheModelAndItsRunInTheSuffix() {
    nebius.answers(
        "{\"id\":\"ftjob-1\",\"status\":\"validating_files\",\"suffix\":\"support-0e22d6d61907\"}");

    Job job = provider.create(Scripted.request(all(), true));

    nebius
        .asked()
        .line("POST /v1/fine_tuning/jobs")
        .header("Authorization", "Bearer " + KEY)
        .json(
            """
            {"model":"meta-llama/Llama-3.1-8B-Instruct","training_file":"file-train",
             "validation_file":"file-valid","seed":42,"suffix":"support-0e22d6d61907",
             "hyperparameters":
               {"n_epochs":2,"batch_size":16,"learning_rate":0.0001,"lora":true}}
            """);
    assertThat(job.status(), is(JobStatus.VALIDATING));
  }

  @Test
  void aJobWithTheRunsSuffixIsTheRunsWhateverItsFileIsCalled() {
    nebius.answers(
        """
        {"data":[{"id":"4","status":"queued","suffix":"support-0e22d6d61907","training_file":"file-train"},
                 {"id":"3","status":"queued","suffix":"support-0e22d6d61907","training_file":"file-other"},
                 {"id":"2","status":"queued","suffix":"support","training_file":"file-train"},
                 {"id":"1","status":"queued","suffix":null,"training_file":"file-train"}],"has_more":true}
        """);
    nebius.answers("{\"data\":[],\"has_more\":false}");

    List<Job> jobs = provider.findJobs(Scripted.request(all(), true));

    assertThat(jobs.stream().map(Job::id).toList(), contains("3", "4"));
    nebius.asked().line("GET /v1/fine_tuning/jobs?limit=100");
  }

  @Test
  void withoutASuffixTheRunStandsBehindTheToolsName() {
    assertThat(RunSuffix.of(Scripted.request(settings(MODEL), false)), is("tunebeam-0e22d6d61907"));
  }

  @Test
  void theMetricsAreThoseOfTheCheckpoints() {
    nebius.answers(
        "{\"id\":\"ftjob-1\",\"status\":\"succeeded\",\"result_files\":[\"weights-1\"]}");
    nebius.answers(
        """
        {"data":[
          {"id":"b","step_number":20,"metrics":{"train_loss":0.25,"full_valid_loss":0.4}},
          {"id":"a","step_number":10,"metrics":{"train_loss":0.5,"valid_loss":0.75,
            "train_mean_token_accuracy":0.9,"valid_mean_token_accuracy":0.8}}],
         "has_more":false}
        """);

    byte[] csv = provider.results(provider.job("ftjob-1")).orElseThrow();

    assertThat(
        new String(csv, StandardCharsets.UTF_8),
        is(
            """
            step,train_loss,train_mean_token_accuracy,valid_loss,valid_mean_token_accuracy,full_valid_loss,full_valid_mean_token_accuracy
            10,0.5,0.9,0.75,0.8,,
            20,0.25,,,,0.4,
            """));
  }

  @Test
  void withoutCheckpointsThereAreNoMetricsYet() {
    nebius.answers("{\"id\":\"ftjob-1\",\"status\":\"running\"}").answers("{\"data\":[]}");

    assertThat(provider.results(provider.job("ftjob-1")).isPresent(), is(false));
  }

  @Test
  void anAdapterIsRemovedThroughTheOtherApi() {
    nebius.answers("{}");

    provider.delete("support-AbCd");

    nebius.asked().line("DELETE /v0/models/support-AbCd").header("Authorization", "Bearer " + KEY);
  }

  @Test
  void aLostAnswerToACreationIsUncertain() {
    nebius.losesTheAnswer();

    assertThrows(UncertainException.class, () -> provider.create(Scripted.request(all(), false)));
  }

  @Test
  void jobsCannotBePaused() {
    LauncherException refused =
        assertThrows(LauncherException.class, () -> provider.pause("ftjob-1"));

    assertThat(refused.text(), is("Nebius Token Factory cannot pause jobs"));
    assertThat(nebius.server.getRequestCount(), is(0));
  }
}
