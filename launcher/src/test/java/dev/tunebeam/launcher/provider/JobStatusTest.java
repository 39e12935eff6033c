package dev.tunebeam.launcher.provider;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.http.UnexpectedAnswerException;
import dev.tunebeam.launcher.provider.openai.OpenAiJobs;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class JobStatusTest {

  private static Job job(String status) {
    return OpenAiJobs.job(Json.object().put("id", "ftjob-1").put("status", status));
  }

  @Test
  void onlyThreeStatusesAreFinalAndTwoOfThemLost() {
    assertThat(
        Arrays.stream(JobStatus.values()).filter(JobStatus::isFinal).toList(),
        contains(JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELLED));
    assertThat(
        Arrays.stream(JobStatus.values()).filter(JobStatus::isLost).toList(),
        contains(JobStatus.FAILED, JobStatus.CANCELLED));
  }

  @Test
  void aWordThatNobodyKnowsIsNotFinalAndKept() {
    Job job = job("finalizing");
    assertThat(job.status(), is(JobStatus.OTHER));
    assertThat(job.providerStatus(), is("finalizing"));
    assertThat(job("Succeeded").status(), is(JobStatus.OTHER));
  }

  @Test
  void anAnswerThatNamesNoJobIsNone() {
    UnexpectedAnswerException e =
        assertThrows(
            UnexpectedAnswerException.class,
            () ->
                OpenAiJobs.job(
                    Objects.requireNonNull(Json.parse("{\"id\":null,\"status\":\"queued\"}"))));
    assertThat(e.getMessage(), is("the response has no 'id'"));
  }
}
