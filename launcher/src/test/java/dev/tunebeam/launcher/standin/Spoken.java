package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer as a model gives it: cut at a stop sequence, cut to max_tokens, with probabilities.
 * Tokens are words, numbers to three digits and signs, each with the space before it: about what
 * real encodings do with plain English.
 *
 * @param first the first token's alternatives and their probabilities, likeliest first
 */
record Spoken(List<String> tokens, String finishReason, Map<String, Double> first) {
  private static final Pattern TOKEN =
      Pattern.compile("[ _]?\\p{L}+|\\s?\\d{1,3}|\\s?[^\\s\\p{L}\\d]|\\s+");
  private static final double LATER_TOKENS = 0.98;

  static Spoken of(KnownAnswers.Given given, List<String> classes, List<String> stops, int most) {
    String text = given.answer().text();
    for (String stop : stops) {
      int at = stop.isEmpty() ? -1 : text.indexOf(stop);
      text = at < 0 ? text : text.substring(0, at);
    }
    List<String> tokens = tokens(text);
    boolean cut = tokens.size() > most;
    return new Spoken(
        cut ? List.copyOf(tokens.subList(0, most)) : tokens,
        cut ? "length" : "stop",
        alternatives(given, classes));
  }

  static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    for (Matcher matcher = TOKEN.matcher(text); matcher.find(); ) {
      tokens.add(matcher.group());
    }
    return tokens;
  }

  private static Map<String, Double> alternatives(KnownAnswers.Given given, List<String> classes) {
    Map<String, Double> chances = new LinkedHashMap<>();
    put(chances, given.answer().text(), given.sure());
    double rest = 1 - given.sure();
    KnownAnswers.Known right = given.right();
    if (right != null && !right.equals(given.answer())) {
      put(chances, right.text(), rest * 0.7);
      rest *= 0.3;
    }
    for (String other : classes) {
      put(chances, other, rest * 0.5);
      rest *= 0.5;
    }
    return chances;
  }

  /** Classes that begin with the same token count as the first of them. */
  private static void put(Map<String, Double> chances, String text, double chance) {
    List<String> tokens = tokens(text);
    if (!tokens.isEmpty()) {
      chances.putIfAbsent(tokens.get(0), chance);
    }
  }

  String text() {
    return String.join("", tokens);
  }

  /** The logprobs of a chat completion's choice. */
  ObjectNode chatLogprobs(int alternatives) {
    ArrayNode content = Json.array();
    for (int at = 0; at < tokens.size(); at++) {
      Map<String, Double> chances = chances(at);
      ArrayNode top = Json.array();
      chances.entrySet().stream()
          .limit(alternatives)
          .forEach(chance -> top.add(token(chance.getKey(), chance.getValue())));
      ObjectNode token = token(tokens.get(at), chances.getOrDefault(tokens.get(at), LATER_TOKENS));
      token.set("top_logprobs", top);
      content.add(token);
    }
    ObjectNode logprobs = Json.object();
    logprobs.set("content", content);
    return logprobs.put("refusal", (String) null);
  }

  /** The logprobs of a legacy completion's choice; offsets count from the prompt's start. */
  ObjectNode completionLogprobs(int alternatives, int promptLength) {
    ArrayNode offsets = Json.array();
    ArrayNode chosen = Json.array();
    ArrayNode top = Json.array();
    int offset = promptLength;
    for (int at = 0; at < tokens.size(); at++) {
      Map<String, Double> chances = chances(at);
      offsets.add(offset);
      offset += tokens.get(at).length();
      chosen.add(Math.log(chances.getOrDefault(tokens.get(at), LATER_TOKENS)));
      ObjectNode likeliest = Json.object();
      chances.entrySet().stream()
          .limit(alternatives)
          .forEach(chance -> likeliest.put(chance.getKey(), Math.log(chance.getValue())));
      top.add(likeliest);
    }
    ObjectNode logprobs = Json.object();
    logprobs.set("tokens", Json.texts(tokens));
    logprobs.set("token_logprobs", chosen);
    logprobs.set("top_logprobs", top);
    logprobs.set("text_offset", offsets);
    return logprobs;
  }

  private Map<String, Double> chances(int at) {
    return at == 0 ? first : Map.of(tokens.get(at), LATER_TOKENS);
  }

  private static ObjectNode token(String text, double chance) {
    ObjectNode json = Json.object().put("token", text).put("logprob", Math.log(chance));
    ArrayNode bytes = Json.array();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      bytes.add(b & 0xff);
    }
    json.set("bytes", (JsonNode) bytes);
    return json;
  }
}
