package dev.tunebeam.launcher.standin;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private final StandIn standIn = StandIn.start();
  private final Client client = Client.of(standIn);

  @AfterEach
  void close() {
    standIn.close();
  }

  @Test
  void aWrongOrMissingKeyIsRefusedInTheErrorEnvelope() throws IOException {
    Client.Reply wrong =
        new Client(standIn.url(), "Authorization", "Bearer sk-wrong-key-00001234").get("/files");
    assertEquals(401, wrong.status());
    assertEquals(
        "{\"error\":{\"message\":\"Incorrect API key provided: sk-wrong***1234.\","
            + "\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"invalid_api_key\"}}",
        wrong.text());
    assertEquals(401, new Client(standIn.url(), "X-Other", "x").get("/files").status());
    assertEquals(
        200, new Client(standIn.azureUrl(), "api-key", standIn.key()).get("/files").status());
    assertEquals(401, new Client(standIn.url(), "api-key", standIn.key()).get("/files").status());
  }

  @Test
  void aBrokenFormIsRefused() throws IOException {
    Request noBoundary =
        client.request("/files").post(RequestBody.create("x", MediaType.get("text/plain"))).build();
    assertEquals(400, client.send(noBoundary).status());
    MultipartBody noPurpose =
        new MultipartBody.Builder()
            .setType(MultipartBody.FORM)
            .addFormDataPart("file", "a.jsonl", Client.bytes("{}"))
            .build();
    assertEquals(
        "purpose", client.post("/files", noPurpose).json().path("error").path("param").asText());
    assertEquals(400, client.upload("a.csv", "{}").status());
    assertThat(standIn.files(), empty());
  }

  @Test
  void aLostAnswerHasHadItsEffectAndADroppedRequestHasNot() throws IOException {
    standIn.onRequest("POST", "/v1/files", 1, Fault.lostAnswer());
    standIn.onRequest("POST", "/v1/files", 2, Fault.droppedRequest());
    assertThrows(IOException.class, () -> client.upload("a.jsonl", "{}\n"));
    assertThat(standIn.files(), hasSize(1));
    assertThrows(IOException.class, () -> client.upload("b.jsonl", "{}\n"));
    assertThat(standIn.files(), hasSize(1));
    assertEquals(200, client.upload("c.jsonl", "{}\n").status());
    assertThat(standIn.unusedFaults(), empty());
    assertThat(standIn.requests().stream().map(Recorded::status).toList(), contains(0, 0, 200));
  }

  @Test
  void aResetStrikesInTheMiddleOfTheRequest() {
    standIn.onRequest(1, Fault.resetInRequest());
    String big = "x".repeat(8_000_000);
    assertThrows(IOException.class, () -> client.upload("a.jsonl", big));
    assertThat(standIn.files(), empty());
    assertTrue(standIn.requests().get(0).bodyLength() < 5_000_000);
  }

  @Test
  void aResetStrikesInTheMiddleOfTheAnswer() {
    standIn.onRequest("GET", "/v1/models", 1, Fault.resetInAnswer());
    assertThrows(IOException.class, () -> client.get("/models"));
    assertEquals(200, standIn.requests().get(0).status());
  }

  @Test
  void answersAreReplacedWithOrWithoutEffect() throws IOException {
    standIn.onRequest(1, Fault.errorAfterEffect(500));
    standIn.onRequest(2, Fault.serverError(503));
    standIn.onRequest(3, Fault.malformedJson());
    standIn.onRequest(4, Fault.htmlPage());
    standIn.onRequest(5, Fault.rateLimited(7));
    standIn.onRequest(6, Fault.rateLimited(null));
    standIn.onRequest(7, Fault.dailyRateLimit());
    standIn.onRequest(8, Fault.trainingNotAvailable());
    List<Client.Reply> replies = new ArrayList<>();
    for (int at = 1; at <= 8; at++) {
      replies.add(client.upload(at + ".jsonl", "{}\n"));
    }
    assertThat(
        replies.stream().map(Client.Reply::status).toList(),
        contains(500, 503, 200, 502, 429, 429, 429, 403));
    assertThat(
        standIn.files().stream().map(StoredFile::filename).toList(),
        contains("1.jsonl", "3.jsonl"));
    assertEquals("7", replies.get(4).headers().get("Retry-After"));
    assertNull(replies.get(5).headers().get("Retry-After"));
    assertEquals(
        "daily_rate_limit_exceeded", replies.get(6).json().path("error").path("code").asText());
    assertEquals(
        "training_not_available", replies.get(7).json().path("error").path("code").asText());
  }

  @Test
  void hooksRunBeforeTheEffectAndBeforeTheAnswer() throws IOException {
    List<String> seen = new ArrayList<>();
    standIn.beforeEffect(1, () -> seen.add("before effect: " + standIn.files().size()));
    standIn.beforeAnswer(1, () -> seen.add("before answer: " + standIn.files().size()));
    client.upload("a.jsonl", "{}\n");
    client.upload("b.jsonl", "{}\n");
    assertThat(seen, contains("before effect: 0", "before answer: 1"));
  }

  @Test
  void aStalledRequestIsSilentUntilTheClientGivesUp() throws IOException {
    standIn.onRequest("GET", "/v1/models", 1, Fault.stall());
    OkHttpClient impatient =
        new OkHttpClient.Builder()
            .retryOnConnectionFailure(false)
            .readTimeout(Duration.ofMillis(200))
            .build();
    Request request = client.request("/models").build();
    assertThrows(InterruptedIOException.class, () -> impatient.newCall(request).execute().close());
    standIn.onRequest("GET", "/v1/models", 1, Fault.slow(Duration.ofMillis(50)));
    assertEquals(200, client.get("/models").status());
  }

  @Test
  void everyIsMetUntilTheFaultsAreCleared() throws IOException {
    standIn.onRequest(Which.every("GET", "/v1/models.*"), Fault.serverError(500));
    assertEquals(500, client.get("/models").status());
    assertEquals(500, client.get("/models/gpt-5.2").status());
    assertEquals(200, client.get("/files").status());
    standIn.clearFaults();
    assertEquals(200, client.get("/models").status());
  }

  /**
   * Why the launcher's client must not retry on its own: a POST on a kept connection is sent twice.
   */
  @Test
  void okHttpRepeatsAPostWhoseAnswerIsLostOnAKeptConnectionUnlessToldNotTo() throws IOException {
    OkHttpClient defaults = new OkHttpClient();
    try (Response response = defaults.newCall(client.request("/models").build()).execute()) {
      assertTrue(response.body().string().length() > 0);
    }
    standIn.onRequest("POST", "/v1/files", 1, Fault.lostAnswer());
    Request upload = client.request("/files").post(Client.fileForm("a.jsonl", "{}\n")).build();
    try (Response response = defaults.newCall(upload).execute()) {
      assertEquals(200, response.code());
    }
    assertThat(standIn.files(), hasSize(2));
  }
}
