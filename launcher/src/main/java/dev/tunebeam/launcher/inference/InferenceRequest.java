package dev.tunebeam.launcher.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tunebeam.dataset.Sha256;
import dev.tunebeam.launcher.http.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chat or completion request with temperature 0.
 *
 * @param model the name of the fine-tuned model
 * @param messages for a chat model: role and content, as JSON objects; empty for a completion
 * @param tools that a chat model may call
 * @param prompt for a completion model, including the separator; empty for chat
 * @param stop the stop sequence; empty for none
 * @param maxTokens maximum output tokens, null for the provider's maximum
 * @param topLogprobs number of top logprobs per token, 0 for none
 */
public record InferenceRequest(
    String model,
    List<JsonNode> messages,
    List<JsonNode> tools,
    String prompt,
    String stop,
    @Nullable Integer maxTokens,
    int topLogprobs) {

  /** Requires either messages or a prompt. */
  public InferenceRequest {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
    if (messages.isEmpty() == prompt.isEmpty()) {
      throw new IllegalArgumentException("a request needs either messages or a prompt");
    }
  }

  /** A copy with another {@code maxTokens}. */
  public InferenceRequest withMaxTokens(int most) {
    return new InferenceRequest(model, messages, tools, prompt, stop, most, topLogprobs);
  }

  /** A copy for another model. */
  public InferenceRequest withModel(String other) {
    return new InferenceRequest(other, messages, tools, prompt, stop, maxTokens, topLogprobs);
  }

  /**
   * The question that it puts to a model: a SHA-256, in hex, of all that the answer depends on but
   * the model. Two requests with the same question get the same answer, as far as models repeat
   * themselves.
   */
  public String question() {
    ObjectNode all =
        Json.object()
            .put("prompt", prompt)
            .put("stop", stop)
            .put("maxTokens", maxTokens)
            .put("topLogprobs", topLogprobs)
            .put("temperature", 0);
    all.putArray("messages").addAll(messages);
    all.putArray("tools").addAll(tools);
    return Sha256.of(all.toString());
  }
}
