package dev.tunebeam.launcher.inference;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tunebeam.dataset.DataFolder;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.launcher.http.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The prompt format of a model's training data, reused at inference: a prompt with separator and
 * stop sequence, or messages with a system message.
 *
 * @param chat whether it was trained on messages
 * @param classes the class labels; empty for free text
 * @param system the system message of all training examples, null if there is none or they differ
 */
public record PromptTemplate(
    boolean chat, Manifest.Inference inference, List<String> classes, @Nullable String system) {

  /** Lines to read to determine the common system message. */
  private static final int LINES = 100;

  /** The maximum {@code top_logprobs} of {@code /chat/completions}. */
  private static final int MOST_LOGPROBS = 20;

  /** Copies. */
  public PromptTemplate {
    classes = List.copyOf(classes);
  }

  /** A request with the expected answer. */
  public record LabeledRequest(InferenceRequest request, String expected) {}

  /** The template of a chat model without a dataset. */
  public static PromptTemplate unknown() {
    return new PromptTemplate(true, new Manifest.Inference("", "", false, null), List.of(), null);
  }

  /** The template of a dataset; reads the head of its first shard. */
  public static PromptTemplate of(Path folder, Manifest manifest) {
    boolean chat = manifest.format() != Format.COMPLETION;
    return new PromptTemplate(
        chat,
        manifest.inference(),
        isClassification(manifest) ? List.copyOf(manifest.classes().keySet()) : List.of(),
        chat ? system(folder, manifest) : null);
  }

  /** A copy with another system message. */
  public PromptTemplate withSystem(String other) {
    return new PromptTemplate(chat, inference, classes, other);
  }

  /** Whether the model was trained for classification. */
  public boolean classification() {
    return !classes.isEmpty();
  }

  /** A request with the user's text. */
  public InferenceRequest request(String model, String text, boolean logprobs) {
    List<JsonNode> messages = new ArrayList<>();
    if (chat) {
      if (system != null) {
        messages.add(message("system", system));
      }
      messages.add(message("user", text));
    }
    return new InferenceRequest(
        model,
        messages,
        List.of(),
        chat ? "" : text + inference.separator(),
        inference.stop(),
        inference.maxTokens(),
        logprobs ? MOST_LOGPROBS : 0);
  }

  /**
   * The request of a line of the dataset.
   *
   * @return empty if the expected answer is not text, for example a tool call
   */
  public Optional<LabeledRequest> labeled(String model, String line) {
    JsonNode json = Json.parse(line);
    if (json == null) {
      throw wrongUse("a line of the dataset is not valid JSON: " + line);
    }
    int logprobs = classification() ? MOST_LOGPROBS : 0;
    if (!chat) {
      InferenceRequest request =
          new InferenceRequest(
              model,
              List.of(),
              List.of(),
              json.path("prompt").asText(),
              inference.stop(),
              inference.maxTokens(),
              logprobs);
      return Optional.of(new LabeledRequest(request, completion(json.path("completion").asText())));
    }
    boolean pair = json.has("preferred_output");
    JsonNode messages = pair ? json.path("input").path("messages") : json.path("messages");
    List<JsonNode> prompt = new ArrayList<>();
    messages.forEach(prompt::add);
    JsonNode answer =
        pair
            ? json.path("preferred_output").path(0)
            : prompt.isEmpty() ? json : prompt.remove(prompt.size() - 1);
    Optional<String> expected = text(answer.path("content"));
    if (!answer.path("role").asText().equals("assistant") || prompt.isEmpty()) {
      return Optional.empty();
    }
    List<JsonNode> tools = new ArrayList<>();
    (pair ? json.path("input") : json).path("tools").forEach(tools::add);
    return expected.map(
        text ->
            new LabeledRequest(
                new InferenceRequest(
                    model,
                    prompt.stream().map(PromptTemplate::withoutWeight).toList(),
                    tools,
                    "",
                    "",
                    classification() ? longestClass() : null,
                    logprobs),
                text));
  }

  /** Enough for every label, since a token has at least one byte. A chat model stops earlier. */
  private int longestClass() {
    return roomFor(
        classes.stream()
            .mapToInt(label -> label.getBytes(StandardCharsets.UTF_8).length)
            .max()
            .orElse(1));
  }

  /**
   * A maximum of tokens, rounded up to a power of two: it stays the same, and with it the questions
   * and their answers, when a class or an example comes that is a little longer.
   */
  public static int roomFor(long tokens) {
    long power = 1;
    while (power < tokens && power <= Integer.MAX_VALUE / 2) {
      power *= 2;
    }
    return (int) power;
  }

  /** The expected answer: the completion without leading space and stop sequence. */
  private String completion(String text) {
    String bare =
        !inference.stop().isEmpty() && text.endsWith(inference.stop())
            ? text.substring(0, text.length() - inference.stop().length())
            : text;
    return inference.leadingSpace() && bare.startsWith(" ") ? bare.substring(1) : bare;
  }

  private static boolean isClassification(Manifest manifest) {
    Object task = manifest.recipe().getOrDefault("task", manifest.inferred().get("task"));
    return "classification".equals(task);
  }

  private static @Nullable String system(Path folder, Manifest manifest) {
    Optional<String> shard =
        manifest.shards().stream()
            .filter(file -> file.split().equals(Manifest.TRAIN) && file.examples() > 0)
            .map(Manifest.Shard::file)
            .findFirst();
    if (shard.isEmpty()) {
      return null;
    }
    try (BufferedReader lines = Files.newBufferedReader(DataFolder.resolve(folder, shard.get()))) {
      String system = null;
      int read = 0;
      for (String line = lines.readLine();
          line != null && read < LINES;
          line = lines.readLine(), read++) {
        JsonNode json = Json.parse(line);
        JsonNode first =
            json == null ? Json.object() : json.has("input") ? json.path("input") : json;
        first = first.path("messages").path(0);
        String role = first.path("role").asText();
        String own =
            role.equals("system") || role.equals("developer")
                ? text(first.path("content")).orElse("")
                : "";
        if (own.isEmpty() || (read > 0 && !own.equals(system))) {
          return null;
        }
        system = own;
      }
      return system;
    } catch (IOException e) {
      throw wrongUse("%s cannot be read: %s".formatted(folder.resolve(shard.get()), e));
    }
  }

  /** The content, or the concatenated text of its parts; empty if there is none. */
  private static Optional<String> text(JsonNode content) {
    if (content.isTextual()) {
      return Optional.of(content.asText());
    }
    if (!content.isArray()) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode part : content) {
      if (!part.path("type").asText().equals("text")) {
        return Optional.empty();
      }
      text.append(part.path("text").asText());
    }
    return Optional.of(text.toString());
  }

  /** The {@code weight} of a message only applies to training. */
  private static JsonNode withoutWeight(JsonNode message) {
    return message.has("weight") ? message.<ObjectNode>deepCopy().without("weight") : message;
  }

  private static JsonNode message(String role, String content) {
    return Json.object().put("role", role).put("content", content);
  }
}
