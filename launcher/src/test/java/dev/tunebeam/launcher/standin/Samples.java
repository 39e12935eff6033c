package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Small datasets for the stand-in's own tests. */
final class Samples {
  private Samples() {}

  /** Chat lines of two classes, {@code positive} for even numbers. */
  static String chat(int lines) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < lines; at++) {
      ObjectNode line = Json.object();
      line.set("messages", Json.array(List.of("user", "assistant"), role -> message(role, "")));
      ((ObjectNode) line.path("messages").path(0)).put("content", "review " + at);
      ((ObjectNode) line.path("messages").path(1)).put("content", label(at));
      text.append(Json.text(line)).append('\n');
    }
    return text.toString();
  }

  /** Completion lines of two classes. */
  static String completions(int lines) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < lines; at++) {
      ObjectNode line =
          Json.object()
              .put("prompt", "review " + at + "\n\n###\n\n")
              .put("completion", " " + label(at) + " END");
      text.append(Json.text(line)).append('\n');
    }
    return text.toString();
  }

  /** Preference lines. */
  static String preferences(int lines) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < lines; at++) {
      ObjectNode input = Json.object();
      input.set("messages", Json.array().add(message("user", "review " + at)));
      ObjectNode line = Json.object();
      line.set("input", input);
      line.set("preferred_output", Json.array().add(message("assistant", label(at))));
      line.set("non_preferred_output", Json.array().add(message("assistant", label(at + 1))));
      text.append(Json.text(line)).append('\n');
    }
    return text.toString();
  }

  static String label(int at) {
    return at % 2 == 0 ? "positive" : "negative";
  }

  static ObjectNode message(String role, String content) {
    return Json.object().put("role", role).put("content", content);
  }

  static ObjectNode job(String trainingFile) {
    return Json.object().put("model", "gpt-4o-mini-2024-07-18").put("training_file", trainingFile);
  }
}
