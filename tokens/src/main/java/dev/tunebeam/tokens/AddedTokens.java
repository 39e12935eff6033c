package dev.tunebeam.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tokens of a tokenizer.json that are found in a text before it is cut into pieces. A special
 * one is found too, but stays ordinary text.
 */
final class AddedTokens {

  /** One token; the flags say whether it takes the white space on that side with it. */
  private record Token(String content, boolean special, boolean lstrip, boolean rstrip) {}

  private final Map<String, Token> tokens = new HashMap<>();
  private final Pattern pattern;

  private AddedTokens(List<Token> list) {
    list.forEach(token -> tokens.put(token.content(), token));
    // The longest of those that begin at the first place.
    pattern =
        Pattern.compile(
            list.stream()
                .map(Token::content)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
  }

  /**
   * Reads the {@code added_tokens}.
   *
   * @param normalized whether to take those that are looked for in the normalized text, or the
   *     others
   * @throws UnsupportedTokenizerException for a token that has to be a word of its own
   */
  static AddedTokens read(JsonNode addedTokens, boolean normalized, boolean nfc) {
    List<Token> list = new ArrayList<>();
    for (JsonNode json : addedTokens) {
      String content = json.path("content").asText();
      boolean special = json.path("special").asBoolean();
      if (json.path("normalized").asBoolean() != normalized || content.isEmpty()) {
        continue;
      }
      if (json.path("single_word").asBoolean() && !special) {
        throw new UnsupportedTokenizerException(
            "added_tokens has %s with single_word".formatted(content));
      }
      list.add(
          new Token(
              normalized && nfc ? Normalizer.normalize(content, Normalizer.Form.NFC) : content,
              special,
              json.path("lstrip").asBoolean(),
              json.path("rstrip").asBoolean()));
    }
    return new AddedTokens(list);
  }

  /**
   * The count of a text in which each of these tokens counts 1.
   *
   * @param rest counts what is between them
   */
  int count(String text, TokenCounter rest) {
    if (tokens.values().stream().allMatch(Token::special)) {
      return text.isEmpty() ? 0 : rest.count(text);
    }
    Matcher matcher = pattern.matcher(text);
    int count = 0;
    int at = 0;
    while (matcher.find()) {
      Token token = tokens.get(matcher.group());
      if (token == null || token.special() || matcher.start() < at) {
        continue;
      }
      int start = matcher.start();
      while (token.lstrip() && start > at && isSpace(text.charAt(start - 1))) {
        start--;
      }
      int end = matcher.end();
      while (token.rstrip() && end < text.length() && isSpace(text.charAt(end))) {
        end++;
      }
      count += 1 + (start > at ? rest.count(text.substring(at, start)) : 0);
      at = end;
    }
    return count + (at < text.length() ? rest.count(text.substring(at)) : 0);
  }

  private static boolean isSpace(char c) {
    return (CharacterClasses.of(c) & CharacterClasses.SPACE) != 0;
  }
}
