package dev.tunebeam.launcher.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tunebeam.launcher.http.ApiRequest;
import dev.tunebeam.launcher.http.Http;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.http.RefusedException;
import dev.tunebeam.launcher.http.Secret;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * {@code /chat/completions} and {@code /completions}, which all supported providers implement. A
 * response that holds no answer ends with an {@link UnansweredException}: an error in a 200, an
 * empty object, a refusal, a filtered answer.
 */
public final class OpenAiInference implements Inference {

  /** The maximum {@code logprobs} of {@code /completions}. */
  private static final int MOST_OF_COMPLETIONS = 5;

  /** The error code and the finish reason of an answer that was withheld. */
  private static final String FILTERED = "content_filter";

  private static final int LONGEST_REASON = 300;

  /** Log probabilities are rounded; their sum may be above 1 by that much. */
  private static final double ROUNDING = 0.01;

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
    JsonNode answer = sent(ApiRequest.post("chat/completions", body));
    JsonNode choice = choice(answer);
    JsonNode message = choice.path("message");
    String refusal = message.path("refusal").asText("");
    if (message.path("refusal").isTextual() && !refusal.isEmpty()) {
      throw unanswered("the model refused: " + refusal);
    }
    JsonNode content = message.path("content");
    boolean calls = message.path("tool_calls").isArray() && !message.path("tool_calls").isEmpty();
    if (!content.isTextual() && !calls) {
      throw unanswered("the response has no content: " + answer);
    }
    List<TokenProbability> first =
        candidates(
            choice.path("logprobs").path("content").path(0).path("top_logprobs"),
            top -> Map.entry(top.path("token").asText(), top.path("logprob")));
    return answer(answer, choice, calls && content.isNull() ? "" : content.asText(), first);
  }

  private Answer completion(InferenceRequest request) {
    ObjectNode body = body(request).put("prompt", request.prompt());
    if (request.topLogprobs() > 0) {
      body.put("logprobs", Math.min(MOST_OF_COMPLETIONS, request.topLogprobs()));
    }
    JsonNode answer = sent(ApiRequest.post("completions", body));
    JsonNode choice = choice(answer);
    if (!choice.path("text").isTextual()) {
      throw unanswered("the response has no text: " + answer);
    }
    List<TokenProbability> first =
        candidates(choice.path("logprobs").path("top_logprobs").path(0).properties(), top -> top);
    return answer(answer, choice, choice.path("text").textValue(), first);
  }

  private JsonNode sent(ApiRequest request) {
    try {
      return http.json(request);
    } catch (RefusedException e) {
      if (e.code().equals(FILTERED)) {
        throw unanswered(e.text());
      }
      throw e;
    }
  }

  private static JsonNode choice(JsonNode answer) {
    JsonNode choice = answer.path("choices").path(0);
    if (!choice.isObject()) {
      throw unanswered("the response has no answer: " + answer);
    }
    if (choice.path("finish_reason").asText().equals(FILTERED)) {
      throw unanswered("the provider's content filter withheld the answer");
    }
    return choice;
  }

  private static UnansweredException unanswered(String why) {
    String line = Secret.masked(why).replaceAll("\\s+", " ");
    return new UnansweredException(
        line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…");
  }

  /** The candidates for the first token; none if what is reported cannot be probabilities. */
  private static <T> List<TokenProbability> candidates(
      Iterable<T> reported, Function<T, Map.Entry<String, JsonNode>> read) {
    List<TokenProbability> first = new ArrayList<>();
    double sum = 0;
    for (T one : reported) {
      Map.Entry<String, JsonNode> candidate = read.apply(one);
      if (!candidate.getValue().isNumber()) {
        return List.of();
      }
      double logProbability = candidate.getValue().asDouble();
      sum += Math.exp(logProbability);
      if (!(sum <= 1 + ROUNDING)) {
        return List.of();
      }
      first.add(new TokenProbability(candidate.getKey(), Math.min(0, logProbability)));
    }
    first.sort(Comparator.comparingDouble(TokenProbability::logProbability).reversed());
    return first;
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
    JsonNode usage = answer.path("usage");
    return new Answer(
        text,
        first,
        choice.path("finish_reason").asText().equals("length"),
        usage.path("prompt_tokens").asLong(),
        usage.path("completion_tokens").asLong());
  }
}
