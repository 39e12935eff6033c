package dev.tunebeam.launcher.standin;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.MultipartBody;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FireworksWayTest {
  private final StandIn standIn = StandIn.start();
  private final Client client =
      new Client(standIn.fireworksUrl(), "Authorization", "Bearer " + standIn.key());

  @AfterEach
  void close() {
    standIn.close();
  }

  @Test
  void aDatasetIsCreatedOnceAndFilledDirectly() throws IOException {
    assertEquals("UPLOADING", client.post(path("datasets"), dataset("train")).at("state"));
    Client.Reply again = client.post(path("datasets"), dataset("train"));
    assertEquals(409, again.status());
    assertEquals(
        "{\"code\":6,\"message\":\"dataset \\\"accounts/stand-in/datasets/train\\\" already"
            + " exists\",\"details\":[]}",
        again.text());
    MultipartBody form =
        new MultipartBody.Builder()
            .setType(MultipartBody.FORM)
            .addFormDataPart("file", "train.jsonl", Client.bytes(Samples.chat(5)))
            .build();
    assertEquals(200, client.post(path("datasets/train:upload"), form).status());
    JsonNode json = client.get(path("datasets/train")).json();
    assertEquals("READY", json.path("state").asText());
    assertEquals("5", json.path("exampleCount").asText());
  }

  @Test
  void aLargeDatasetGoesToASignedAddress() throws IOException {
    client.post(path("datasets"), dataset("train"));
    String lines = Samples.chat(5);
    ObjectNode asked = Json.object();
    asked.set("filenameToSize", Json.object().put("train.jsonl", String.valueOf(lines.length())));
    String address =
        client
            .post(path("datasets/train:getUploadEndpoint"), asked)
            .json()
            .path("filenameToSignedUrls")
            .path("train.jsonl")
            .asText();
    assertEquals(400, client.put(address, Client.bytes("short")).status());
    assertEquals(200, client.put(address, Client.bytes(lines)).status());
    assertEquals("UPLOADING", client.get(path("datasets/train")).at("state"));
    client.post(path("datasets/train:validateUpload"), Json.object());
    assertEquals("READY", client.get(path("datasets/train")).at("state"));
  }

  @Test
  void aJobUnderItsIdIsCreatedOnceAndGoesToItsModel() throws IOException {
    aDatasetIsCreatedOnceAndFilledDirectly();
    String create = path("supervisedFineTuningJobs?supervisedFineTuningJobId=reviews-1");
    assertEquals("JOB_STATE_VALIDATING", client.post(create, job()).at("state"));
    assertEquals(409, client.post(create, job()).status());
    assertThat(standIn.jobs(), hasSize(1));
    List<String> states = new ArrayList<>();
    JsonNode json = Json.object();
    while (states.size() < 10 && !json.path("state").asText().equals("JOB_STATE_COMPLETED")) {
      json = client.get(path("supervisedFineTuningJobs/reviews-1")).json();
      states.add(json.path("state").asText().replace("JOB_STATE_", ""));
    }
    assertThat(
        states, contains("VALIDATING", "PENDING", "RUNNING", "RUNNING", "RUNNING", "COMPLETED"));
    assertEquals("accounts/stand-in/models/reviews-1", json.path("outputModel").asText());
    assertEquals(100, json.path("jobProgress").path("percent").asInt());
    Request metrics = new Request.Builder().url(json.path("metricsFileSignedUrl").asText()).build();
    assertThat(client.send(metrics).text(), startsWith("{\"step\":1,\"train/loss\":"));
    assertEquals("READY", client.get("/v1/accounts/stand-in/models/reviews-1").at("state"));
    ObjectNode question = Json.object().put("model", "accounts/stand-in/models/reviews-1");
    question.set("messages", Json.array().add(Samples.message("user", "review 2")));
    assertEquals(200, client.post("/inference/v1/chat/completions", question).status());
  }

  @Test
  void preferencesHaveJobsOfTheirOwn() throws IOException {
    client.post(path("datasets"), dataset("pairs"));
    MultipartBody form =
        new MultipartBody.Builder()
            .setType(MultipartBody.FORM)
            .addFormDataPart("file", "pairs.jsonl", Client.bytes(Samples.preferences(5)))
            .build();
    client.post(path("datasets/pairs:upload"), form);
    ObjectNode job = Json.object().put("dataset", "accounts/stand-in/datasets/pairs");
    job.set(
        "trainingConfig",
        Json.object().put("baseModel", "accounts/fireworks/models/llama-v3p1-8b-instruct"));
    assertEquals(200, client.post(path("dpoJobs?dpoJobId=pairs-1"), job).status());
    standIn.advanceToEnd();
    JsonNode json = client.get(path("dpoJobs/pairs-1")).json();
    assertEquals("JOB_STATE_COMPLETED", json.path("state").asText());
    assertEquals(
        "accounts/stand-in/models/pairs-1",
        json.path("trainingConfig").path("outputModel").asText());
    String metrics = client.get(path("dpoJobs/pairs-1:getMetricsFileEndpoint")).at("signedUrl");
    assertThat(
        client.send(new Request.Builder().url(metrics).build()).text(), startsWith("{\"step\":1"));
    assertEquals(
        0,
        client
            .get(path("supervisedFineTuningJobs"))
            .json()
            .path("supervisedFineTuningJobs")
            .size());
  }

  @Test
  void aCancelledJobIsCancellingFirst() throws IOException {
    aDatasetIsCreatedOnceAndFilledDirectly();
    client.post(path("supervisedFineTuningJobs?supervisedFineTuningJobId=reviews-1"), job());
    assertEquals(
        "{}", client.post(path("supervisedFineTuningJobs/reviews-1:cancel"), Json.object()).text());
    String job = path("supervisedFineTuningJobs/reviews-1");
    assertEquals("JOB_STATE_CANCELLING", client.get(job).at("state"));
    assertEquals("JOB_STATE_CANCELLED", client.get(job).at("state"));
    assertEquals(
        1,
        client
            .get(path("supervisedFineTuningJobs?pageSize=1"))
            .json()
            .path("supervisedFineTuningJobs")
            .size());
    assertEquals(200, client.delete(job).status());
    assertEquals(404, client.get(job).status());
  }

  private static String path(String rest) {
    return "/v1/accounts/stand-in/" + rest;
  }

  private static ObjectNode dataset(String id) {
    ObjectNode json = Json.object().put("datasetId", id);
    ObjectNode dataset = Json.object().put("format", "CHAT");
    dataset.set("userUploaded", Json.object());
    json.set("dataset", dataset);
    return json;
  }

  private static ObjectNode job() {
    return Json.object()
        .put("dataset", "accounts/stand-in/datasets/train")
        .put("baseModel", "accounts/fireworks/models/llama-v3p1-8b-instruct")
        .put("epochs", 2)
        .put("loraRank", 8);
  }
}
