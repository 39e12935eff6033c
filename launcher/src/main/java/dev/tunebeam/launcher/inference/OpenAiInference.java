package dev.tunebeam.launcher.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tunebeam.launcher.http.ApiRequest;
import dev.tunebeam.launcher.http.Http;
import dev.tunebeam.launcher.http.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** {@code /chat/completions} and {@code /completions}, which all supported providers implement. */
public final class OpenAiInference implements Inference {

  /** The maximum {@code logprobs} of {@code /completions}. */
  private static final int MOST_OF_COMPLETIONS = 5;

  private final Http http;

  /** Creates the client. */
  public OpenAiInference(Http http) {
    this.http = http;
  }

  @Override
  public Answer answer(InferenceRequest request) {
    return request.messages().isEmpty() ? completion(request) : chat(request);
  }

  private Answer chat(InferenceRequest request) {
    ObjectNode body = body(request);
    request.messages().forEach(body.putArray("messages")::add);
    if (!request.tools().isEmpty()) {
      request.tools().forEach(body.putArray("tools")::add);
    }
    if (request.topLogprobs() > 0) {
      body.put("logprobs", true).put("top_logprobs", request.topLogprobs());
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

  private Answer completion(InferenceRequest request) {
    ObjectNode body = body(request).put("prompt", request.prompt());
    if (request.topLogprobs() > 0) {
      body.put("logprobs", Math.min(MOST_OF_COMPLETIONS, request.topLogprobs()));
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

  private static ObjectNode body(InferenceRequest request) {
    ObjectNode body = Json.object().put("model", request.model()).put("temperature", 0);
    if (request.maxTokens() != null) {
      body.put("max_tokens", request.maxTokens());
    }
    if (!request.stop().isEmpty()) {
      body.put("stop", request.stop());
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
