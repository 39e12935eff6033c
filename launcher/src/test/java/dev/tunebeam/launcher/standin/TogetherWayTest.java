package dev.tunebeam.launcher.standin;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.FormBody;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TogetherWayTest {
  private static final String MODEL = "meta-llama/Meta-Llama-3.1-8B-Instruct-Reference";
  private final StandIn standIn = StandIn.start();
  private final Client client =
      new Client(standIn.togetherUrl(), "Authorization", "Bearer " + standIn.key());

  @AfterEach
  void close() {
    standIn.close();
  }

  @Test
  void aFileGoesUpBySignedRedirect() throws IOException {
    Client.Reply redirect = announce();
    assertEquals(302, redirect.status());
    String id = redirect.headers().get("X-Together-File-Id");
    String address = redirect.headers().get("Location");
    assertNotNull(id);
    assertNotNull(address);
    assertEquals(404, client.post("/files/" + id + "/preprocess").status());
    assertThat(standIn.files(), empty());
    assertEquals(200, client.put(address, Client.bytes(Samples.chat(12))).status());
    JsonNode file = client.post("/files/" + id + "/preprocess").json();
    assertEquals(12, file.path("LineCount").asInt());
    assertTrue(file.path("Processed").asBoolean());
    assertEquals(id, client.get("/files").json().path("data").path(0).path("id").asText());
  }

  @Test
  void theKeyIsNotForTheStorage() throws IOException {
    String address = announce().headers().get("Location");
    assertNotNull(address);
    Request withKey =
        new Request.Builder()
            .url(address)
            .header("Authorization", "Bearer " + standIn.key())
            .put(Client.bytes("{}\n"))
            .build();
    assertEquals(400, client.send(withKey).status());
    assertThat(standIn.files(), empty());
  }

  @Test
  void aJobGoesFromPendingToCompleted() throws IOException {
    String file = upload();
    String job = client.post("/fine-tunes", job(file)).at("id");
    assertThat(job, startsWith("ft-"));
    List<String> statuses = new ArrayList<>();
    JsonNode json = Json.object();
    while (statuses.size() < 10 && !json.path("status").asText().equals("completed")) {
      json = client.get("/fine-tunes/" + job).json();
      statuses.add(json.path("status").asText());
    }
    assertThat(
        statuses, contains("pending", "queued", "running", "running", "running", "completed"));
    assertThat(standIn.tunedModels(), contains(json.path("model_output_name").asText()));
    JsonNode metrics = client.get("/fine-tunes/" + job + "/metrics").json().path("metrics");
    assertEquals(1, metrics.path(0).path("train/global_step").asInt());
    List<String> types = new ArrayList<>();
    for (JsonNode event : client.get("/fine-tunes/" + job + "/events").json().path("data")) {
      types.add(event.path("type").asText());
    }
    assertEquals("job_pending", types.get(0));
    assertEquals("job_complete", types.get(types.size() - 1));
    assertEquals(
        0, client.get("/fine-tunes/" + job + "/checkpoints").json().path("data").size() - 1);
    assertEquals(1, client.get("/fine-tunes").json().path("data").size());
    assertThat(standIn.jobs(), hasSize(1));
    assertEquals(0, Client.of(standIn).get("/fine_tuning/jobs").json().path("data").size());
  }

  @Test
  void aJobGoesOnFromAModelAndADeletedJobTakesItsModelAway() throws IOException {
    String file = upload();
    String first = client.post("/fine-tunes", job(file)).at("id");
    standIn.advanceToEnd();
    ObjectNode next = job(file).put("from_checkpoint", standIn.tunedModels().get(0));
    next.remove("model");
    assertEquals(200, client.post("/fine-tunes", next).status());
    assertEquals(400, client.post("/fine-tunes", next.put("from_checkpoint", "x:1")).status());
    client.delete("/fine-tunes/" + first);
    assertThat(standIn.tunedModels(), empty());
    assertThat(standIn.jobs(), hasSize(1));
  }

  @Test
  void aCancelledJobIsFirstAskedToCancel() throws IOException {
    String job = client.post("/fine-tunes", job(upload())).at("id");
    assertEquals("cancel_requested", client.post("/fine-tunes/" + job + "/cancel").at("status"));
    assertEquals("cancel_requested", client.get("/fine-tunes/" + job).at("status"));
    assertEquals("cancelled", client.get("/fine-tunes/" + job).at("status"));
  }

  @Test
  void aPriceIsEstimatedOrNot() throws IOException {
    ObjectNode asked = Json.object().put("training_file", upload()).put("model", MODEL);
    assertTrue(
        client
                .post("/fine-tunes/estimate-price", asked)
                .json()
                .path("estimated_total_price")
                .asDouble()
            < 0.01);
    standIn.behaviour().estimatedPrice(7.5);
    assertEquals(
        7.5,
        client
            .post("/fine-tunes/estimate-price", asked)
            .json()
            .path("estimated_total_price")
            .asDouble());
    standIn.behaviour().priceUnavailable("model is private");
    assertEquals(
        "{\"estimation_available\":false,\"unavailable_reason\":\"model is private\"}",
        client.post("/fine-tunes/estimate-price", asked).text());
  }

  private Client.Reply announce() throws IOException {
    FormBody form =
        new FormBody.Builder()
            .add("purpose", "fine-tune")
            .add("file_name", "train.jsonl")
            .add("file_type", "jsonl")
            .build();
    return client.send(client.request("/files").post(form).build());
  }

  private String upload() throws IOException {
    Client.Reply redirect = announce();
    String address = redirect.headers().get("Location");
    assertNotNull(address);
    client.put(address, Client.bytes(Samples.chat(12)));
    String id = String.valueOf(redirect.headers().get("X-Together-File-Id"));
    assertEquals(200, client.post("/files/" + id + "/preprocess").status());
    return id;
  }

  private static ObjectNode job(String file) {
    return Json.object()
        .put("model", MODEL)
        .put("training_file", file)
        .put("n_epochs", 1)
        .put("batch_size", "max")
        .put("suffix", "reviews");
  }
}
