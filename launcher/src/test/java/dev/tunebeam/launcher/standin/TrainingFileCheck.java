package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Consumer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a file as the provider does before training: JSON objects, one format, enough of them.
 */
final class TrainingFileCheck {
  static final int OPENAI_LEAST = 10;

  private TrainingFileCheck() {}

  /** Hands over the file's lines as JSON, one after the other; one that is not JSON is left out. */
  static void forEachLine(ByteString content, Consumer<JsonNode> line) {
    for (int from = 0; from < content.size(); from = end(content, from) + 1) {
      JsonNode node = Json.parse(content.substring(from, end(content, from)));
      if (node != null) {
        line.accept(node);
      }
    }
  }

  /** Where the line that begins at {@code from} ends. */
  private static int end(ByteString content, int from) {
    int end = from;
    while (end < content.size() && content.getByte(end) != '\n') {
      end++;
    }
    return end;
  }

  /** How many lines a file has, at least 1. */
  static int count(ByteString content) {
    int lines = 0;
    for (int from = 0; from < content.size(); from = end(content, from) + 1) {
      lines++;
    }
    return Math.max(1, lines);
  }

  /** Why the job fails; null where the file is good. */
  static @Nullable Outcome complaint(
      StoredFile file, String method, String param, int leastExamples) {
    ByteString content = file.content();
    int examples = 0;
    for (int from = 0; from < content.size(); from = end(content, from) + 1) {
      JsonNode node = Json.parse(content.substring(from, end(content, from)));
      String wrong =
          node == null
              ? "is not valid JSON"
              : node.isObject() ? missing(node, method) : "is not a dictionary";
      if (wrong != null) {
        return Outcome.failed(
            param.equals("training_file") ? "invalid_training_file" : "invalid_validation_file",
            "Invalid file format. Line " + (examples + 1) + " " + wrong + ".",
            param);
      }
      examples++;
    }
    if (examples < leastExamples && param.equals("training_file")) {
      return Outcome.failed(
          "invalid_n_examples",
          "Training file has "
              + examples
              + " example(s), but must have at least "
              + leastExamples
              + " examples",
          param);
    }
    return null;
  }

  private static @Nullable String missing(JsonNode line, String method) {
    for (String key :
        method.equals("dpo")
            ? List.of("input", "preferred_output", "non_preferred_output")
            : line.has("prompt") || line.has("completion")
                ? List.of("prompt", "completion")
                : List.of("messages")) {
      if (!line.has(key)) {
        return "is missing key \"" + key + "\"";
      }
    }
    return line.has("messages") && line.path("messages").isEmpty() ? "has no messages" : null;
  }
}
