package dev.tunebeam.launcher.standin;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private final StandIn standIn = StandIn.start();
  private final Client client = Client.of(standIn);

  @AfterEach
  void everyRequestAndAnswerFitsTheDescription() throws IOException {
    List<String> complaints = new ArrayList<>();
    OpenApiContract.find()
        .ifPresent(
            contract ->
                standIn.requests().forEach(one -> complaints.addAll(contract.complaints(one))));
    standIn.close();
    assertThat(complaints, empty());
  }

  @Test
  void aTunedModelKnowsMostAnswersOfItsFilesAndGetsTheSameOnesWrongEachTime() throws IOException {
    String model = tune(Samples.chat(200));
    List<Integer> wrong = new ArrayList<>();
    for (int at = 0; at < 200; at++) {
      String said = ask(model, "review " + at).path("message").path("content").asText();
      if (!said.equals(Samples.label(at))) {
        assertEquals(Samples.label(at + 1), said);
        wrong.add(at);
      }
    }
    assertThat(wrong.size(), greaterThan(5));
    assertThat(wrong.size(), lessThan(40));
    for (int at : wrong) {
      assertEquals(
          Samples.label(at + 1),
          ask(model, "review " + at).path("message").path("content").asText());
    }
    standIn.behaviour().wrongPercent(0);
    for (int at : wrong) {
      assertEquals(
          Samples.label(at), ask(model, "review " + at).path("message").path("content").asText());
    }
  }

  @Test
  void logprobsAreThoseOfTheTokenAndItsRivals() throws IOException {
    standIn.behaviour().wrongPercent(0);
    String model = tune(Samples.chat(20));
    ObjectNode question = question(model, "review 4").put("logprobs", true).put("top_logprobs", 2);
    JsonNode choice = client.post("/chat/completions", question).json().path("choices").path(0);
    JsonNode token = choice.path("logprobs").path("content").path(0);
    assertEquals("positive", token.path("token").asText());
    assertEquals("positive", token.path("top_logprobs").path(0).path("token").asText());
    assertEquals("negative", token.path("top_logprobs").path(1).path("token").asText());
    double first = Math.exp(token.path("top_logprobs").path(0).path("logprob").asDouble());
    double second = Math.exp(token.path("top_logprobs").path(1).path("logprob").asDouble());
    assertEquals(Math.exp(token.path("logprob").asDouble()), first, 1e-12);
    assertTrue(first > second && first + second <= 1);
  }

  @Test
  void completionsAreCutAtTheStopSequenceAndAtMaxTokens() throws IOException {
    standIn.behaviour().wrongPercent(0);
    String model = tune(Samples.completions(20));
    ObjectNode request =
        Json.object().put("model", model).put("prompt", "review 3\n\n###\n\n").put("logprobs", 2);
    JsonNode free = client.post("/completions", request).json().path("choices").path(0);
    assertEquals(" negative END", free.path("text").asText());
    assertThat(texts(free.path("logprobs").path("tokens")), contains(" negative", " END"));
    assertEquals(
        " positive", texts(free.path("logprobs").path("top_logprobs").path(0).fieldNames()).get(1));
    request.set("stop", Json.texts(List.of(" END")));
    assertEquals(
        " negative",
        client.post("/completions", request).json().path("choices").path(0).path("text").asText());
    request.remove("stop");
    JsonNode cut =
        client.post("/completions", request.put("max_tokens", 1)).json().path("choices").path(0);
    assertEquals(" negative", cut.path("text").asText());
    assertEquals("length", cut.path("finish_reason").asText());
  }

  @Test
  void aModelCanBePutThereWithoutAJob() throws IOException {
    standIn.behaviour().wrongPercent(0);
    standIn.addTunedModel("ft:given", Samples.chat(2));
    assertEquals("negative", ask("ft:given", "review 1").path("message").path("content").asText());
    assertThat(standIn.tunedModels(), contains("ft:given"));
  }

  @Test
  void anUnknownModelIsA404AndAnUnknownPromptGetsSomeClass() throws IOException {
    assertEquals(404, client.post("/chat/completions", question("ft:none", "x")).status());
    String model = tune(Samples.chat(20));
    String said = ask(model, "never seen").path("message").path("content").asText();
    assertTrue(List.of("positive", "negative").contains(said), said);
  }

  private String tune(String lines) throws IOException {
    standIn.behaviour().advanceByPolls(false);
    String training = client.upload("train.jsonl", lines).at("id");
    String job = client.post("/fine_tuning/jobs", Samples.job(training)).at("id");
    standIn.advanceToEnd();
    return client.get("/fine_tuning/jobs/" + job).at("fine_tuned_model");
  }

  private JsonNode ask(String model, String text) throws IOException {
    return client.post("/chat/completions", question(model, text)).json().path("choices").path(0);
  }

  private static ObjectNode question(String model, String text) {
    ObjectNode question = Json.object().put("model", model);
    question.set("messages", Json.array().add(Samples.message("user", text)));
    return question;
  }

  private static List<String> texts(Iterable<JsonNode> nodes) {
    List<String> texts = new ArrayList<>();
    nodes.forEach(node -> texts.add(node.asText()));
    return texts;
  }

  private static List<String> texts(Iterator<String> names) {
    List<String> texts = new ArrayList<>();
    names.forEachRemaining(texts::add);
    return texts;
  }
}
