package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.CRC32;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * What a fine-tuned model knows: the answers of the files that it was trained and validated with,
 * by prompt. A share of prompts, chosen by their hash, is answered wrongly: with another class
 * where the answers are classes, with half of the words otherwise.
 */
public final class KnownAnswers {
  private static final int MOST_CLASSES = 200;

  /**
   * One answer.
   *
   * @param text empty where only tools are called
   * @param toolCalls null where none are
   */
  record Known(String text, @Nullable JsonNode toolCalls) {}

  /**
   * An answer and how sure the model is of it.
   *
   * @param right what the file says; null for an unknown prompt
   * @param sure from 0 to 1, by the prompt's hash
   */
  record Given(Known answer, @Nullable Known right, double sure) {}

  private final Map<String, Known> byPrompt = new LinkedHashMap<>();
  private final List<String> classes;

  private KnownAnswers(List<ByteString> files) {
    TreeSet<String> texts = new TreeSet<>();
    for (ByteString file : files) {
      TrainingFileCheck.forEachLine(file, line -> learn(byPrompt, line));
    }
    byPrompt.values().forEach(known -> texts.add(known.text()));
    classes = texts.size() <= MOST_CLASSES ? List.copyOf(texts) : List.of();
  }

  /** Learns files of training lines; a later file's answers replace an earlier one's. */
  static KnownAnswers of(List<ByteString> files) {
    return new KnownAnswers(files);
  }

  /** The distinct answers, sorted; empty where there are too many to be classes. */
  List<String> classes() {
    return classes;
  }

  private static void learn(Map<String, Known> byPrompt, JsonNode line) {
    if (line.has("prompt")) {
      byPrompt.put(line.path("prompt").asText(), new Known(line.path("completion").asText(), null));
      return;
    }
    StringBuilder key = new StringBuilder();
    for (JsonNode message : line.path("messages")) {
      if (message.path("role").asText().equals("assistant")) {
        byPrompt.put(key.toString(), new Known(text(message), calls(message)));
      }
      key.append(keyOf(message));
    }
    if (line.has("preferred_output")) {
      JsonNode preferred = line.path("preferred_output").path(0);
      byPrompt.put(
          key(line.path("input").path("messages")), new Known(text(preferred), calls(preferred)));
    }
  }

  /** The key of a conversation. */
  static String key(JsonNode messages) {
    StringBuilder key = new StringBuilder();
    messages.forEach(message -> key.append(keyOf(message)));
    return key.toString();
  }

  private static String keyOf(JsonNode message) {
    String role = message.path("role").asText();
    return (role.equals("developer") ? "system" : role) + '\u0001' + text(message) + '\u0002';
  }

  private static String text(JsonNode message) {
    JsonNode content = message.path("content");
    if (!content.isArray()) {
      return content.isTextual() ? content.asText() : "";
    }
    StringBuilder text = new StringBuilder();
    content.forEach(part -> text.append(part.path("text").asText()));
    return text.toString();
  }

  private static @Nullable JsonNode calls(JsonNode message) {
    return message.path("tool_calls").size() > 0 ? message.path("tool_calls") : null;
  }

  /** What the model says to a prompt or {@link #key}. */
  Given answer(String prompt, int wrongPercent) {
    CRC32 crc = new CRC32();
    crc.update(prompt.getBytes(StandardCharsets.UTF_8));
    long hash = crc.getValue();
    Known right = byPrompt.get(prompt);
    double share = hash / 100 % 1000 / 1000.0;
    if (right == null) {
      String any =
          classes.isEmpty() ? "This is a stand-in." : classes.get((int) (hash % classes.size()));
      return new Given(new Known(any, null), null, 0.3 + 0.3 * share);
    }
    if (hash % 100 >= wrongPercent) {
      return new Given(right, right, 0.6 + 0.39 * share);
    }
    return new Given(new Known(wrong(right.text(), hash), null), right, 0.45 + 0.2 * share);
  }

  private String wrong(String right, long hash) {
    if (classes.size() > 1) {
      int at = (int) (hash / 7 % classes.size());
      String other = classes.get(at);
      return other.equals(right) ? classes.get((at + 1) % classes.size()) : other;
    }
    return right.substring(0, right.length() / 2);
  }
}
