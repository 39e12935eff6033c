package dev.tunebeam.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a tokenizer.json splits a text into pieces: by a pattern that has a hand-written splitter, or
 * by a sequence of regular expressions.
 *
 * @param splitter the splitter; null if there are steps
 * @param steps each splits the pieces of the one before it
 * @param addPrefixSpace whether a text that does not begin with a space gets one
 */
record PreTokenizer(@Nullable Splitter splitter, List<Step> steps, boolean addPrefixSpace) {

  /**
   * One step.
   *
   * @param pattern each match is a piece
   * @param keepsRest whether the text between matches is a piece, or is dropped
   */
  record Step(Pattern pattern, boolean keepsRest) {}

  private static final String GPT2 =
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

  private static final String CL100K =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|%s"
          + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private static final String O200K =
      "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+%1$s"
          + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*%1$s"
          + "|%2$s| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  private static final String CONTRACTION = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?";

  /** The patterns of GPT-2, Llama 3, Qwen 2 and 3, gpt-oss, and Mistral's Tekken. */
  private static final Map<String, Splitter> SPLITTERS =
      Map.of(
          GPT2,
          new Gpt2Splitter(),
          CL100K.formatted("\\p{N}{1,3}"),
          new Cl100kSplitter(3, false),
          CL100K.formatted("\\p{N}"),
          new Cl100kSplitter(1, false),
          O200K.formatted(CONTRACTION, "\\p{N}{1,3}"),
          new O200kSplitter(3, true),
          O200K.formatted("", "\\p{N}"),
          new O200kSplitter(1, false));

  /**
   * Reads the {@code pre_tokenizer} of a tokenizer.json.
   *
   * @throws UnsupportedTokenizerException if it does not end at bytes, or has an unknown step
   */
  static PreTokenizer read(JsonNode json) {
    List<JsonNode> parts = new ArrayList<>();
    flatten(json, parts);
    if (parts.isEmpty() || !type(parts.get(parts.size() - 1)).equals("ByteLevel")) {
      throw new UnsupportedTokenizerException("pre_tokenizer does not end with ByteLevel");
    }
    JsonNode byteLevel = parts.remove(parts.size() - 1);
    boolean addPrefixSpace = byteLevel.path("add_prefix_space").asBoolean(true);
    if (addPrefixSpace && !parts.isEmpty()) {
      throw new UnsupportedTokenizerException(
          "pre_tokenizer adds a space before each of the pieces of another step");
    }
    boolean gpt2 = byteLevel.path("use_regex").asBoolean(true);
    if (parts.isEmpty() && gpt2) {
      return new PreTokenizer(new Gpt2Splitter(), List.of(), addPrefixSpace);
    }
    if (parts.size() == 1 && !gpt2) {
      String pattern = parts.get(0).path("pattern").path("Regex").asText();
      Splitter splitter = keepsMatches(parts.get(0)) ? SPLITTERS.get(pattern) : null;
      if (splitter != null) {
        return new PreTokenizer(splitter, List.of(), false);
      }
    }
    List<Step> steps = new ArrayList<>();
    parts.forEach(part -> steps.add(step(part)));
    if (gpt2) {
      steps.add(new Step(UnicodePattern.compile(GPT2), true));
    }
    return new PreTokenizer(null, List.copyOf(steps), addPrefixSpace);
  }

  private static void flatten(JsonNode json, List<JsonNode> parts) {
    if (type(json).equals("Sequence")) {
      json.path("pretokenizers").forEach(part -> flatten(part, parts));
    } else {
      parts.add(json);
    }
  }

  private static String type(JsonNode json) {
    return json.path("type").asText("missing");
  }

  private static Step step(JsonNode json) {
    switch (type(json)) {
      case "Digits" -> {
        boolean individual = json.path("individual_digits").asBoolean();
        return new Step(UnicodePattern.compile(individual ? "\\p{N}" : "\\p{N}+"), true);
      }
      case "Split" -> {
        if (!keepsMatches(json)) {
          throw new UnsupportedTokenizerException(
              "pre_tokenizer has a Split with behavior %s and invert %s"
                  .formatted(json.path("behavior").asText(), json.path("invert").asBoolean()));
        }
        JsonNode pattern = json.path("pattern");
        return new Step(
            pattern.has("Regex")
                ? UnicodePattern.compile(pattern.path("Regex").asText())
                : Pattern.compile(Pattern.quote(pattern.path("String").asText())),
            json.path("behavior").asText().equals("Isolated"));
      }
      default ->
          throw new UnsupportedTokenizerException("pre_tokenizer has a step of type " + type(json));
    }
  }

  private static boolean keepsMatches(JsonNode split) {
    String behavior = split.path("behavior").asText();
    return behavior.equals("Isolated")
        || (behavior.equals("Removed") && split.path("invert").asBoolean());
  }
}
