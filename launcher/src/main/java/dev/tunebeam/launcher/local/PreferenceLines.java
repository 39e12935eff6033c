package dev.tunebeam.launcher.local;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tunebeam.launcher.http.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Converts OpenAI's preference format for local trainers: {@code prompt}, {@code chosen} and {@code
 * rejected} as lists of messages for TRL, and the same answers as one message each for Axolotl and
 * LLaMA-Factory. Keeps the order; streams line by line.
 */
final class PreferenceLines {

  static final String CHOSEN_MESSAGE = "chosen_message";
  static final String REJECTED_MESSAGE = "rejected_message";

  private PreferenceLines() {}

  /**
   * Converts files into one file.
   *
   * @throws dev.tunebeam.launcher.process.LauncherException with the line that is not a preference
   *     pair
   */
  static void write(List<Path> from, Path to) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(to)) {
      for (Path file : from) {
        try (BufferedReader in = Files.newBufferedReader(file)) {
          int number = 0;
          for (String line = in.readLine(); line != null; line = in.readLine()) {
            number++;
            out.write(
                converted(
                    line, String.format(Locale.ROOT, "%s, line %d", file.getFileName(), number)));
            out.write('\n');
          }
        }
      }
    }
  }

  static String converted(String line, String place) {
    JsonNode json = Json.parse(line);
    if (json == null || !json.path("input").path("messages").isArray()) {
      throw wrongUse(
          place
              + ": not a preference pair; --method=dpo needs input, preferred_output and"
              + " non_preferred_output");
    }
    JsonNode chosen = answer(json, "preferred_output", place);
    JsonNode rejected = answer(json, "non_preferred_output", place);
    ObjectNode out = Json.object();
    out.set("prompt", json.path("input").path("messages"));
    out.putArray("chosen").add(chosen);
    out.putArray("rejected").add(rejected);
    out.set(CHOSEN_MESSAGE, chosen);
    out.set(REJECTED_MESSAGE, rejected);
    if (json.path("input").path("tools").isArray() && !json.path("input").path("tools").isEmpty()) {
      out.set("tools", json.path("input").path("tools"));
    }
    return out.toString();
  }

  private static JsonNode answer(JsonNode json, String field, String place) {
    JsonNode messages = json.path(field);
    if (messages.size() != 1 || !messages.isArray()) {
      throw wrongUse(
          String.format(
              Locale.ROOT,
              "%s: %s must be one message, not %d; local trainers compare single messages",
              place,
              field,
              messages.size()));
    }
    return messages.get(0);
  }
}
