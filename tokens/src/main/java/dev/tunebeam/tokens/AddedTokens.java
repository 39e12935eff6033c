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
 * The added tokens of a tokenizer.json, which are matched before a text is split into pieces.
 * Special tokens are matched, too, but count as ordinary text.
 */
final class AddedTokens {

  /** One token; the flags say whether it includes the whitespace on that side. */
  private record Token(String content, boolean special, boolean lstrip, boolean rstrip) {}

  private final Map<String, Token> tokens = new HashMap<>();
  private final Pattern pattern;

  private AddedTokens(List<Token> list) {
    list.forEach(token -> tokens.put(token.content(), token));
    // Leftmost, then longest.
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
   * @param normalized whether to read those that are matched in the normalized text, or the others
   * @throws UnsupportedTokenizerException for a token with {@code single_word}
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
   * The count of a text, each of these tokens counting 1.
   *
   * @param rest counts the text between them
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
