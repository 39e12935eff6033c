package dev.tunebeam.launcher.inference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model is asked, with the most likely answer wanted (temperature 0).
 *
 * @param model the name of the tuned model
 * @param messages for a chat model: role and content, as JSON objects; empty for a completion
 * @param tools that a chat model may call
 * @param prompt for a completion model, with its separator; empty for chat
 * @param stop ends the answer; empty for none
 * @param maxTokens the most tokens of the answer, null for the provider's most
 * @param topLogprobs how many alternatives of each token to tell, 0 for none
 */
public record Question(
    String model,
    List<JsonNode> messages,
    List<JsonNode> tools,
    String prompt,
    String stop,
    @Nullable Integer maxTokens,
    int topLogprobs) {

  /** Refuses a question that is neither or both. */
  public Question {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
    if (messages.isEmpty() == prompt.isEmpty()) {
      throw new IllegalArgumentException("a question has either messages or a prompt");
    }
  }

  /** This question with another most number of tokens. */
  public Question withMaxTokens(int most) {
    return new Question(model, messages, tools, prompt, stop, most, topLogprobs);
  }
}
