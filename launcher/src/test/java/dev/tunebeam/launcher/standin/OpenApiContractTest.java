package dev.tunebeam.launcher.standin;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenApiContractTest {

  @Test
  void whatDoesNotFitTheDescriptionIsNamed() throws IOException {
    Optional<OpenApiContract> contract = OpenApiContract.find();
    assumeTrue(contract.isPresent(), "no openapi.json beside the repository");
    List<String> complaints = new ArrayList<>();
    try (StandIn standIn = StandIn.start()) {
      Client client = Client.of(standIn);
      client.get("/files?limit=5");
      client.get("/files?page=5");
      client.post("/fine_tuning/jobs", Json.object().put("model", 5));
      client.get("/threads");
      standIn.requests().forEach(one -> complaints.addAll(contract.get().complaints(one)));
    }
    assertThat(
        complaints,
        containsInAnyOrder(
            "GET /v1/files: no query parameter page",
            "POST /v1/fine_tuning/jobs request: $: required property 'training_file' not found",
            "POST /v1/fine_tuning/jobs request: $.model: integer found, string expected",
            "GET /v1/threads is not in the description"));
  }

  @Test
  void anAnswerOfAFaultIsNotLookedAt() throws IOException {
    Optional<OpenApiContract> contract = OpenApiContract.find();
    assumeTrue(contract.isPresent(), "no openapi.json beside the repository");
    try (StandIn standIn = StandIn.start()) {
      standIn.onRequest(1, Fault.htmlPage());
      Client.of(standIn).get("/files");
      assertThat(contract.get().complaints(standIn.requests().get(0)), empty());
    }
  }
}
