package dev.tunebeam.launcher.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tunebeam.launcher.http.ApiRequest;
import dev.tunebeam.launcher.http.Http;
import dev.tunebeam.launcher.http.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** {@code /chat/completions} and {@code /completions}, which all providers here speak. */
public final class OpenAiInference implements Inference {

  /** The most alternatives that {@code /completions} tells. */
  private static final int MOST_OF_COMPLETIONS = 5;

  private final Http http;

  /** Asks through this way. */
  public OpenAiInference(Http http) {
    this.http = http;
  }

  @Override
  public Answer answer(Question question) {
    return question.messages().isEmpty() ? completion(question) : chat(question);
  }

  private Answer chat(Question question) {
    ObjectNode body = body(question);
    question.messages().forEach(body.putArray("messages")::add);
    if (!question.tools().isEmpty()) {
      question.tools().forEach(body.putArray("tools")::add);
    }
    if (question.topLogprobs() > 0) {
      body.put("logprobs", true).put("top_logprobs", question.topLogprobs());
    }
    JsonNode answer = http.json(ApiRequest.post("chat/completions", body));
    JsonNode choice = answer.path("choices").path(0);
    List<TokenProbability> first = new ArrayList<>();
    choice
        .path("logprobs")
        .path("content")
        .path(0)
        .path("top_logprobs")
        .forEach(
            top ->
                first.add(
                    new TokenProbability(
                        top.path("token").asText(), top.path("logprob").asDouble())));
    JsonNode content = choice.path("message").path("content");
    return answer(answer, choice, content.isNull() ? "" : content.asText(), first);
  }

  private Answer completion(Question question) {
    ObjectNode body = body(question).put("prompt", question.prompt());
    if (question.topLogprobs() > 0) {
      body.put("logprobs", Math.min(MOST_OF_COMPLETIONS, question.topLogprobs()));
    }
    JsonNode answer = http.json(ApiRequest.post("completions", body));
    JsonNode choice = answer.path("choices").path(0);
    List<TokenProbability> first = new ArrayList<>();
    choice
        .path("logprobs")
        .path("top_logprobs")
        .path(0)
        .fields()
        .forEachRemaining(
            top -> first.add(new TokenProbability(top.getKey(), top.getValue().asDouble())));
    return answer(answer, choice, choice.path("text").asText(), first);
  }

  private static ObjectNode body(Question question) {
    ObjectNode body = Json.object().put("model", question.model()).put("temperature", 0);
    if (question.maxTokens() != null) {
      body.put("max_tokens", question.maxTokens());
    }
    if (!question.stop().isEmpty()) {
      body.put("stop", question.stop());
    }
    return body;
  }

  private static Answer answer(
      JsonNode answer, JsonNode choice, String text, List<TokenProbability> first) {
    first.sort(Comparator.comparingDouble(TokenProbability::logProbability).reversed());
    JsonNode usage = answer.path("usage");
    return new Answer(
        text,
        first,
        choice.path("finish_reason").asText().equals("length"),
        usage.path("prompt_tokens").asLong(),
        usage.path("completion_tokens").asLong());
  }
}
