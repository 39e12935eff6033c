package dev.tunebeam.launcher.inference;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * How a model was asked in its training, so that it is asked the same way afterwards: a prompt with
 * its separator and a stop sequence, or messages after a system message.
 *
 * @param chat whether it was trained on messages
 * @param classes the answers that there are; empty where the answer is free
 * @param system the message before each question of the training, null where there is none or they
 *     differ
 */
public record TrainedForm(
    boolean chat, Manifest.Inference inference, List<String> classes, @Nullable String system) {

  /** So many lines have the same system message, or there is none for all. */
  private static final int LINES = 100;

  /** Alternatives of a token that {@code /chat/completions} tells at most. */
  private static final int MOST_LOGPROBS = 20;

  /** Copies. */
  public TrainedForm {
    classes = List.copyOf(classes);
  }

  /** An example as it is asked, and what the answer should be. */
  public record Asked(Question question, String expected) {}

  /** A chat model of which no more is known. */
  public static TrainedForm unknown() {
    return new TrainedForm(true, new Manifest.Inference("", "", false, null), List.of(), null);
  }

  /** The form of a dataset's examples; reads the beginning of its first shard. */
  public static TrainedForm of(Path folder, Manifest manifest) {
    boolean chat = manifest.format() != Format.COMPLETION;
    return new TrainedForm(
        chat,
        manifest.inference(),
        isClassification(manifest) ? List.copyOf(manifest.classes().keySet()) : List.of(),
        chat ? system(folder, manifest) : null);
  }

  /** This form with another system message. */
  public TrainedForm withSystem(String other) {
    return new TrainedForm(chat, inference, classes, other);
  }

  /** Whether the model learned to answer with a class. */
  public boolean classification() {
    return !classes.isEmpty();
  }

  /** A person's question in this form. */
  public Question question(String model, String text, boolean logprobs) {
    List<JsonNode> messages = new ArrayList<>();
    if (chat) {
      if (system != null) {
        messages.add(message("system", system));
      }
      messages.add(message("user", text));
    }
    return new Question(
        model,
        messages,
        List.of(),
        chat ? "" : text + inference.separator(),
        inference.stop(),
        inference.maxTokens(),
        logprobs ? MOST_LOGPROBS : 0);
  }

  /**
   * The question of a line of the dataset.
   *
   * @return empty where the line's answer is no text, a call of a tool say
   */
  public Optional<Asked> asked(String model, String line) {
    JsonNode json = Json.parse(line);
    if (json == null) {
      throw wrongUse("a line of the dataset is no JSON: " + line);
    }
    int logprobs = classification() ? MOST_LOGPROBS : 0;
    if (!chat) {
      Question question =
          new Question(
              model,
              List.of(),
              List.of(),
              json.path("prompt").asText(),
              inference.stop(),
              inference.maxTokens(),
              logprobs);
      return Optional.of(new Asked(question, completion(json.path("completion").asText())));
    }
    boolean pair = json.has("preferred_output");
    JsonNode messages = pair ? json.path("input").path("messages") : json.path("messages");
    List<JsonNode> asked = new ArrayList<>();
    messages.forEach(asked::add);
    JsonNode answer =
        pair
            ? json.path("preferred_output").path(0)
            : asked.isEmpty() ? json : asked.remove(asked.size() - 1);
    Optional<String> expected = text(answer.path("content"));
    if (!answer.path("role").asText().equals("assistant") || asked.isEmpty()) {
      return Optional.empty();
    }
    List<JsonNode> tools = new ArrayList<>();
    (pair ? json.path("input") : json).path("tools").forEach(tools::add);
    return expected.map(
        text ->
            new Asked(
                new Question(
                    model,
                    asked.stream().map(TrainedForm::withoutWeight).toList(),
                    tools,
                    "",
                    "",
                    classification() ? longestClass() : null,
                    logprobs),
                text));
  }

  /** Enough for every label: a token has at least a byte. A chat answer ends by itself before. */
  private int longestClass() {
    return classes.stream()
        .mapToInt(label -> label.getBytes(StandardCharsets.UTF_8).length)
        .max()
        .orElse(1);
  }

  /** What the model should answer: the completion without what the job put around it. */
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
    try (BufferedReader lines = Files.newBufferedReader(folder.resolve(shard.get()))) {
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

  /** A content, or the texts of its parts; empty where there is none. */
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

  /** The weight of a message is for training alone. */
  private static JsonNode withoutWeight(JsonNode message) {
    return message.has("weight") ? message.<ObjectNode>deepCopy().without("weight") : message;
  }

  private static JsonNode message(String role, String content) {
    return Json.object().put("role", role).put("content", content);
  }
}
