package dev.tunebeam.tokens;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenCountersTest {

  @Test
  void everyKnownEncodingCountsAsTiktokenDoes() {
    List<Integer> counts =
        TokenCounters.names().stream()
            .map(name -> TokenCounters.forEncoding(name).count("  ¿Qué tal,\nhow's it going? 你好"))
            .toList();

    assertThat(TokenCounters.names(), contains(NAMES));
    assertThat(counts, contains(13, 12, 12, 18, 18));
  }

  @Test
  void anUnknownEncodingIsRefusedWithTheKnownNames() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> TokenCounters.forEncoding("cl100k-base"));

    assertThat(
        refused.getMessage(),
        equalTo("unknown encoding 'cl100k-base'; known are " + String.join(", ", NAMES)));
  }

  @Test
  void anEmptyTextHasNoTokens() {
    for (String name : TokenCounters.names()) {
      assertThat(name, TokenCounters.forEncoding(name).count(""), equalTo(0));
    }
  }

  @Test
  void aSpecialTokenInTheTextCountsAsOrdinaryText() {
    assertThat(TokenCounters.forEncoding("cl100k_base").count("<|endoftext|>"), equalTo(7));
  }

  @Test
  void aLoneSurrogateCountsAsTheReplacementCharacter() {
    TokenCounter counter = TokenCounters.forEncoding("cl100k_base");

    assertThat(counter.count("a\uD800b"), equalTo(counter.count("a\uFFFDb")));
    assertThat(counter.count("\uDC00\uD800"), equalTo(counter.count("\uFFFD\uFFFD")));
    assertThat(counter.count("\uD83D\uDE00"), equalTo(2));
  }

  @Test
  void bytesCountAsTheirText() {
    TokenCounter counter = TokenCounters.forEncoding("o200k_base");
    byte[] bytes = "xxhéllo wörldyy".getBytes(StandardCharsets.UTF_8);

    assertThat(counter.count(bytes, 2, bytes.length - 2), equalTo(counter.count("héllo wörld")));
  }

  private static final String[] NAMES = {
    "cl100k_base", "o200k_base", "o200k_harmony", "p50k_base", "r50k_base"
  };
}
