package dev.tunebeam.transforms.count;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.tokens.TokenCounter;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.json.JsonText;
import dev.tunebeam.transforms.render.LineRenderer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the tokens of an example as the provider bills them.
 *
 * <p>Format completion: the tokens of the prompt with its separator plus those of the completion
 * with leading space and stop sequence. All other formats: the cookbook's arithmetic of messages
 * and tool definitions; for a preference pair the second answer counts as one more message; images
 * by {@link ImageTokens}. Not thread-safe, since the counter is not.
 */
public final class ExampleTokens {

  private final Format format;
  private final LineRenderer renderer;
  private final ChatArithmetic chat;
  private final TokenCounter counter;

  public ExampleTokens(
      Format format, LineRenderer renderer, ChatArithmetic chat, TokenCounter counter) {
    this.format = format;
    this.renderer = renderer;
    this.chat = chat;
    this.counter = counter;
  }

  /** The number of tokens. */
  public int count(Example example) {
    if (format == Format.COMPLETION) {
      return counter.count(renderer.prompt(example)) + counter.count(renderer.completion(example));
    }
    int tokens = chat.perExample() + images(example).tokens();
    for (Message turn : example.messages()) {
      tokens += count(turn);
    }
    Message nonPreferred = example.nonPreferred();
    if (nonPreferred != null) {
      tokens += count(nonPreferred);
    }
    List<Map<?, ?>> functions = new ArrayList<>();
    if (example.other().get("tools") instanceof List<?> tools) {
      tools.forEach(tool -> functions.add(child(tool, "function")));
    }
    if (example.other().get("functions") instanceof List<?> definitions) {
      definitions.forEach(
          function -> functions.add(function instanceof Map<?, ?> m ? m : Map.of()));
    }
    return tokens + countFunctions(functions);
  }

  /**
   * The images of the example, which {@link #count} includes.
   *
   * @throws dev.tunebeam.transforms.row.RejectException if the model cannot be trained on one
   */
  public ImageCount images(Example example) {
    return chat.images().count(example);
  }

  private int count(Message turn) {
    int tokens = chat.perMessage() + counter.count(turn.role());
    for (String text : turn.texts()) {
      tokens += counter.count(text);
    }
    for (Map.Entry<String, Object> field : turn.other().entrySet()) {
      Object value = field.getValue();
      if (field.getKey().equals("name")) {
        tokens += chat.perName();
      }
      if (value instanceof String text) {
        tokens += counter.count(text);
      } else if (value instanceof List || value instanceof Map) {
        // The cookbook has no rule for tool calls; their JSON is the closest approximation.
        tokens += counter.count(JsonText.of(value));
      }
    }
    return tokens;
  }

  /** The cookbook's num_tokens_for_tools: the end is counted once, after all functions. */
  private int countFunctions(List<Map<?, ?>> functions) {
    if (functions.isEmpty()) {
      return 0;
    }
    int tokens = ChatArithmetic.FUNCTIONS_END;
    for (Map<?, ?> function : functions) {
      tokens += chat.functionStart();
      tokens += counter.count(text(function, "name") + ":" + description(function));
      Map<?, ?> properties = child(child(function, "parameters"), "properties");
      if (!properties.isEmpty()) {
        tokens += ChatArithmetic.PROPERTIES_START;
      }
      for (Map.Entry<?, ?> property : properties.entrySet()) {
        tokens += countProperty(String.valueOf(property.getKey()), property.getValue());
      }
    }
    return tokens;
  }

  private int countProperty(String name, @Nullable Object property) {
    int tokens = ChatArithmetic.PROPERTY;
    if (!(property instanceof Map<?, ?> map)) {
      return tokens + counter.count(name);
    }
    if (map.get("enum") instanceof List<?> items) {
      tokens += ChatArithmetic.ENUM_START;
      for (Object item : items) {
        tokens += ChatArithmetic.ENUM_ITEM + counter.count(String.valueOf(item));
      }
    }
    return tokens + counter.count(name + ":" + text(map, "type") + ":" + description(map));
  }

  private static String description(Map<?, ?> map) {
    String text = text(map, "description");
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  private static String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text ? text : "";
  }

  private static Map<?, ?> child(@Nullable Object parent, String key) {
    return parent instanceof Map<?, ?> map && map.get(key) instanceof Map<?, ?> child
        ? child
        : Map.of();
  }
}
