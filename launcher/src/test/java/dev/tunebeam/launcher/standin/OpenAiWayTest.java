package dev.tunebeam.launcher.standin;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import okhttp3.MultipartBody;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenAiWayTest {
  private final StandIn standIn = StandIn.start();
  private final Client client = Client.of(standIn);

  /** Every request and answer of every test, but for statuses that are unknown on purpose. */
  @AfterEach
  void everyRequestAndAnswerFitsTheDescription() throws IOException {
    List<String> complaints = new ArrayList<>();
    OpenApiContract.find()
        .ifPresent(
            contract ->
                standIn.requests().forEach(one -> complaints.addAll(contract.complaints(one))));
    complaints.removeIf(complaint -> complaint.contains("$.status: "));
    standIn.close();
    assertThat(complaints, empty());
  }

  @Test
  void aJobGoesFromValidationToAModelByPolls() throws IOException {
    String training = client.upload("train.jsonl", Samples.chat(20)).at("id");
    ObjectNode request = Samples.job(training).put("suffix", "reviews").put("seed", 7);
    Client.Reply created = client.post("/fine_tuning/jobs", request);
    List<String> statuses = new ArrayList<>();
    JsonNode job = created.json();
    while (statuses.size() < 20 && !job.path("status").asText().equals("succeeded")) {
      job = client.get("/fine_tuning/jobs/" + created.at("id")).json();
      statuses.add(job.path("status").asText());
      assertEquals(
          job.path("status").asText().equals("running"), job.path("estimated_finish").isNumber());
    }
    assertThat(
        statuses,
        contains("validating_files", "queued", "running", "running", "running", "succeeded"));
    assertEquals(
        "ft:gpt-4o-mini-2024-07-18:stand-in:reviews:abc123", job.path("fine_tuned_model").asText());
    String results = job.path("result_files").path(0).asText();
    assertThat(
        client.get("/files/" + results + "/content").text(),
        startsWith("step,train_loss,train_accuracy,valid_loss,valid_mean_token_accuracy,"));
    assertThat(
        standIn.tunedModels(),
        contains(
            "ft:gpt-4o-mini-2024-07-18:stand-in:reviews:abc123:ckpt-step-2",
            "ft:gpt-4o-mini-2024-07-18:stand-in:reviews:abc123:ckpt-step-4",
            "ft:gpt-4o-mini-2024-07-18:stand-in:reviews:abc123"));
  }

  @Test
  void resultsComeInBase64WhenAsked() throws IOException {
    standIn.behaviour().resultsInBase64(true).advanceByPolls(false);
    String job = startJob(Samples.chat(12));
    standIn.advanceToEnd();
    String results =
        client.get("/fine_tuning/jobs/" + job).json().path("result_files").path(0).asText();
    String text = client.get("/files/" + results + "/content").text();
    assertThat(ByteString.of(Base64.getDecoder().decode(text)).utf8(), startsWith("step,"));
  }

  @Test
  void aFileOfNineLinesFailsTheJob() throws IOException {
    standIn.behaviour().advanceByPolls(false);
    String job = startJob(Samples.chat(9));
    standIn.advance();
    JsonNode json = client.get("/fine_tuning/jobs/" + job).json();
    assertEquals("failed", json.path("status").asText());
    assertEquals(
        "{\"code\":\"invalid_n_examples\",\"message\":\"Training file has 9 example(s), but must"
            + " have at least 10 examples\",\"param\":\"training_file\"}",
        json.path("error").toString());
  }

  @Test
  void aLineThatIsNoObjectFailsTheJobWithItsNumber() throws IOException {
    standIn.behaviour().advanceByPolls(false);
    String job = startJob(Samples.chat(10) + "[1]\n");
    standIn.advance();
    JsonNode json = client.get("/fine_tuning/jobs/" + job).json();
    assertEquals("invalid_training_file", json.path("error").path("code").asText());
    assertEquals(
        "Invalid file format. Line 11 is not a dictionary.",
        json.path("error").path("message").asText());
  }

  @Test
  void jobsEndAsTold() throws IOException {
    standIn.behaviour().advanceByPolls(false).unknownStatuses("warming_up");
    String job = startJob(Samples.chat(10));
    standIn.advance();
    standIn.advance();
    assertEquals("warming_up", client.get("/fine_tuning/jobs/" + job).at("status"));
    standIn.behaviour().outcome(Outcome.failed("server_error", "Out of capacity.", null));
    standIn.advanceToEnd();
    JsonNode json = client.get("/fine_tuning/jobs/" + job).json();
    assertEquals("failed", json.path("status").asText());
    assertEquals(
        "{\"code\":\"server_error\",\"message\":\"Out of capacity.\",\"param\":null}",
        json.path("error").toString());
    standIn.behaviour().outcome(Outcome.stuck("paused"));
    String other = startJob(Samples.chat(10));
    standIn.advanceToEnd();
    assertEquals("paused", client.get("/fine_tuning/jobs/" + other).at("status"));
  }

  @Test
  void aPausedJobStaysUntilItIsResumedOrCancelled() throws IOException {
    standIn.behaviour().advanceByPolls(false);
    String job = startJob(Samples.chat(10));
    for (int step = 0; step < 3; step++) {
      standIn.advance();
    }
    assertEquals("paused", client.post("/fine_tuning/jobs/" + job + "/pause").at("status"));
    standIn.advance();
    assertEquals("paused", client.get("/fine_tuning/jobs/" + job).at("status"));
    assertEquals("queued", client.post("/fine_tuning/jobs/" + job + "/resume").at("status"));
    assertEquals("cancelled", client.post("/fine_tuning/jobs/" + job + "/cancel").at("status"));
    assertEquals(400, client.post("/fine_tuning/jobs/" + job + "/cancel").status());
  }

  @Test
  void jobsAreFoundByTheirMetadataAndByPages() throws IOException {
    String training = client.upload("train.jsonl", Samples.chat(10)).at("id");
    for (int at = 0; at < 5; at++) {
      ObjectNode request = Samples.job(training);
      request.set("metadata", Json.object().put("digest", "d" + at % 2));
      client.post("/fine_tuning/jobs", request);
    }
    List<String> newestFirst = new ArrayList<>();
    standIn.jobs().forEach(job -> newestFirst.add(0, job.id()));
    JsonNode first = client.get("/fine_tuning/jobs?limit=3").json();
    assertThat(ids(first), is(newestFirst.subList(0, 3)));
    assertTrue(first.path("has_more").asBoolean());
    JsonNode second = client.get("/fine_tuning/jobs?limit=3&after=" + newestFirst.get(2)).json();
    assertThat(ids(second), is(newestFirst.subList(3, 5)));
    assertEquals(false, second.path("has_more").asBoolean());
    assertThat(
        ids(client.get("/fine_tuning/jobs?metadata%5Bdigest%5D=d1").json()),
        contains(newestFirst.get(1), newestFirst.get(3)));
    assertThat(ids(client.get("/fine_tuning/jobs?metadata[digest]=none").json()), empty());
  }

  @Test
  void aNewJobIsMissingInListsThatLag() throws IOException {
    standIn.behaviour().listsUntilJobIsListed(1);
    String job = startJob(Samples.chat(10));
    assertThat(ids(client.get("/fine_tuning/jobs").json()), empty());
    assertThat(ids(client.get("/fine_tuning/jobs").json()), contains(job));
  }

  @Test
  void settingsThatTheProviderDoesNotKnowAreRefusedByName() throws IOException {
    String training = client.upload("train.jsonl", Samples.chat(10)).at("id");
    ObjectNode lora = Samples.job(training);
    ObjectNode method = Json.object().put("type", "supervised");
    ObjectNode supervised = Json.object();
    supervised.set("hyperparameters", Json.object().put("n_epochs", 2).put("lora", true));
    method.set("supervised", supervised);
    lora.set("method", method);
    Client.Reply refused = client.post("/fine_tuning/jobs", lora);
    assertEquals(400, refused.status());
    assertEquals(
        "method.supervised.hyperparameters.lora",
        refused.json().path("error").path("param").asText());
    Client nebius = new Client(standIn.nebiusUrl(), "Authorization", "Bearer " + standIn.key());
    assertEquals(200, nebius.post("/fine_tuning/jobs", lora).status());
    Client azure = new Client(standIn.azureUrl(), "api-key", standIn.key());
    ObjectNode suffixed = Samples.job(training).put("suffix", "s".repeat(41));
    assertEquals(400, azure.post("/fine_tuning/jobs", suffixed).status());
    assertEquals(200, client.post("/fine_tuning/jobs", suffixed).status());
    assertThat(standIn.jobs(), hasSize(2));
  }

  @Test
  void disorderedAndRepeatedEventsAreStillAllThere() throws IOException {
    standIn.behaviour().advanceByPolls(false);
    String job = startJob(Samples.chat(40));
    standIn.advanceToEnd();
    List<String> plain = allEvents(job);
    standIn.behaviour().eventsDisordered(true).eventsRepeated(true);
    List<String> disturbed = allEvents(job);
    assertEquals(Set.copyOf(plain), Set.copyOf(disturbed));
    assertEquals(plain.size(), new HashSet<>(plain).size());
    assertTrue(disturbed.size() > plain.size());
  }

  @Test
  void anUploadInPartsMustBeInOrderAndWhole() throws IOException {
    String text = Samples.chat(10);
    String md5 = ByteString.encodeUtf8(text).md5().hex();
    ObjectNode create =
        Json.object()
            .put("filename", "train.jsonl")
            .put("purpose", "fine-tune")
            .put("bytes", text.length())
            .put("mime_type", "application/jsonl");
    String upload = client.post("/uploads", create).at("id");
    String second = part(upload, text.substring(100));
    String first = part(upload, text.substring(0, 100));
    assertEquals(
        400,
        client.post("/uploads/" + upload + "/complete", completion(md5, second, first)).status());
    Client.Reply done =
        client.post("/uploads/" + upload + "/complete", completion(md5, first, second));
    assertEquals("completed", done.at("status"));
    assertEquals(
        text,
        client.get("/files/" + done.json().path("file").path("id").asText() + "/content").text());
    String late = client.post("/uploads", create).at("id");
    standIn.passTime(3600);
    assertEquals(400, client.post("/uploads/" + late + "/cancel").status());
  }

  @Test
  void modelsFilesAndCheckpointsAreListedShownAndDeleted() throws IOException {
    standIn.behaviour().advanceByPolls(false);
    client.get("/files");
    String job = startJob(Samples.chat(40));
    standIn.advanceToEnd();
    JsonNode checkpoints = client.get("/fine_tuning/jobs/" + job + "/checkpoints").json();
    List<Integer> steps = new ArrayList<>();
    checkpoints.path("data").forEach(one -> steps.add(one.path("step_number").asInt()));
    assertThat(steps, contains(15, 10, 5));
    assertEquals(404, client.get("/fine_tuning/jobs/none").status());
    String file = standIn.files().get(0).id();
    assertThat(
        ids(client.get("/files?purpose=fine-tune&order=asc&limit=2").json()), contains(file));
    assertEquals("2027-01-14", client.get("/models/gpt-4.1-2025-04-14").at("shutdown_date"));
    String model = standIn.tunedModels().get(2);
    assertTrue(ids(client.get("/models").json()).contains(model));
    assertEquals(true, client.delete("/models/" + model).json().path("deleted").asBoolean());
    assertEquals(404, client.get("/models/" + model).status());
    assertEquals(403, client.delete("/models/gpt-5.2").status());
    assertEquals(true, client.delete("/files/" + file).json().path("deleted").asBoolean());
    assertEquals(404, client.get("/files/" + file).status());
  }

  private String startJob(String lines) throws IOException {
    String training = client.upload("train.jsonl", lines).at("id");
    return client.post("/fine_tuning/jobs", Samples.job(training)).at("id");
  }

  private List<String> allEvents(String job) throws IOException {
    List<String> all = new ArrayList<>();
    String after = "";
    while (true) {
      JsonNode page = client.get("/fine_tuning/jobs/" + job + "/events?limit=7" + after).json();
      all.addAll(ids(page));
      if (!page.path("has_more").asBoolean()) {
        return all;
      }
      after = "&after=" + all.get(all.size() - 1);
    }
  }

  private String part(String upload, String content) throws IOException {
    MultipartBody form =
        new MultipartBody.Builder()
            .setType(MultipartBody.FORM)
            .addFormDataPart("data", "part", Client.bytes(content))
            .build();
    return client.post("/uploads/" + upload + "/parts", form).at("id");
  }

  private static ObjectNode completion(String md5, String... parts) {
    ObjectNode body = Json.object().put("md5", md5);
    body.set("part_ids", Json.texts(List.of(parts)));
    return body;
  }

  private static List<String> ids(JsonNode list) {
    List<String> ids = new ArrayList<>();
    list.path("data").forEach(element -> ids.add(element.path("id").asText()));
    return ids;
  }
}
