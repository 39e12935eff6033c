package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a file as the provider does before training: JSON objects, one format, enough of them.
 */
final class TrainingFileCheck {
  static final int OPENAI_LEAST = 10;

  private TrainingFileCheck() {}

  /** The file's lines as JSON; a line that is not JSON is missing. */
  static List<JsonNode> lines(ByteString content) {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : content.utf8().split("\n", -1)) {
      JsonNode node = line.isBlank() ? null : Json.parse(ByteString.encodeUtf8(line));
      if (node != null) {
        lines.add(node);
      }
    }
    return lines;
  }

  /** About how many examples a file has. */
  static int count(ByteString content) {
    int lines = 0;
    for (int at = 0; at < content.size(); at++) {
      lines += content.getByte(at) == '\n' ? 1 : 0;
    }
    return Math.max(1, lines);
  }

  /** Why the job fails; null where the file is good. */
  static @Nullable Outcome complaint(
      StoredFile file, String method, String param, int leastExamples) {
    String[] lines = file.content().utf8().split("\n", -1);
    int examples = 0;
    for (int at = 0; at < lines.length; at++) {
      if (lines[at].isBlank()) {
        if (at == lines.length - 1) {
          continue;
        }
        return invalid(param, at, "is empty");
      }
      JsonNode node = Json.parse(ByteString.encodeUtf8(lines[at]));
      if (node == null) {
        return invalid(param, at, "is not valid JSON");
      }
      if (!node.isObject()) {
        return invalid(param, at, "is not a dictionary");
      }
      String missing = missing(node, method);
      if (missing != null) {
        return invalid(param, at, "is missing key \"" + missing + "\"");
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
    if (method.equals("dpo")) {
      for (String key : List.of("input", "preferred_output", "non_preferred_output")) {
        if (!line.has(key)) {
          return key;
        }
      }
      return null;
    }
    if (line.has("prompt") || line.has("completion")) {
      return !line.has("prompt") ? "prompt" : line.has("completion") ? null : "completion";
    }
    return line.path("messages").isArray() && line.path("messages").size() > 0 ? null : "messages";
  }

  private static Outcome invalid(String param, int at, String how) {
    return Outcome.failed(
        param.equals("training_file") ? "invalid_training_file" : "invalid_validation_file",
        "Invalid file format. Line " + (at + 1) + " " + how + ".",
        param);
  }
}
