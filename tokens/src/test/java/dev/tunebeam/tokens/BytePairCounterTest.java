package dev.tunebeam.tokens;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import java.nio.CharBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytePairCounterTest {

  private static final int TEN_MEGABYTES = 10_000_000;

  /** They end; where time grew with the square of the length they would not. */
  @ParameterizedTest
  @ValueSource(strings = {"r50k_base", "cl100k_base", "o200k_base"})
  void aTenMegabyteLineIsCounted(String encoding) {
    TokenCounter counter = TokenCounters.forEncoding(encoding);

    for (String unit : List.of("a", "語")) {
      int times = TEN_MEGABYTES / unit.getBytes(UTF_8).length;
      assertThat(unit, counter.count(unit.repeat(times)), isRepeated(counter, unit, times));
    }
    assertThat(
        counter.count(" ".repeat(TEN_MEGABYTES) + "x"),
        equalTo(counter.count(" ".repeat(TEN_MEGABYTES - 1)) + counter.count(" x")));
    assertThat(counter.count(base64(TEN_MEGABYTES)), greaterThan(TEN_MEGABYTES / 4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"r50k_base", "cl100k_base", "o200k_base"})
  void aRunOfAnyKindIsCounted(String encoding) {
    TokenCounter counter = TokenCounters.forEncoding(encoding);

    for (String unit : List.of("=", "ab", "0", "\n", "\u0301", "ʰA", "Aʰ", "'s", "\t \n", "한")) {
      assertThat(unit, counter.count(unit.repeat(300_000)), isRepeated(counter, unit, 300_000));
    }
  }

  @Test
  void aLongLineIsCountedLikeTheSameTextInItsPieces() {
    TokenCounter counter = TokenCounters.forEncoding("o200k_base");
    String line = "The same words, again and again.";

    assertThat(
        counter.count((line + "\n").repeat(50_000)), equalTo(50_000 * counter.count(line + "\n")));
  }

  @Property(tries = 200)
  void anInstanceCountsTheSameAfterOtherTexts(@ForAll List<String> texts) {
    TokenCounter used = TokenCounters.forEncoding("cl100k_base");
    for (String text : texts) {
      assertThat(used.count(text), equalTo(TokenCounters.forEncoding("cl100k_base").count(text)));
    }
  }

  @Property(tries = 500)
  void bytesThatAreNotUtf8CountAsTheTextThatJavaMakesOfThem(@ForAll byte[] bytes) {
    TokenCounter counter = TokenCounters.forEncoding("cl100k_base");

    assertThat(
        counter.count(bytes, 0, bytes.length), equalTo(counter.count(new String(bytes, UTF_8))));
  }

  @Test
  void malformedUtf8OfEveryKindCountsAsTheReplacementCharacter() {
    TokenCounter counter = TokenCounters.forEncoding("cl100k_base");
    for (String malformed :
        List.of(
            "\u0080",
            "\u00C0\u0080",
            "\u00C3",
            "\u00E0\u0080\u0080",
            "\u00ED\u00A0\u0080",
            "\u00E2\u0082",
            "\u00F0\u0080\u0080\u0080",
            "\u00F4\u0090\u0080\u0080",
            "\u00F5\u0080\u0080\u0080",
            "\u00FF")) {
      byte[] bytes = ("a" + malformed + "b").getBytes(ISO_8859_1);

      assertThat(
          counter.count(bytes, 0, bytes.length), equalTo(counter.count(new String(bytes, UTF_8))));
    }
  }

  @Test
  void aTextThatIsNoStringIsCountedToo() {
    TokenCounter counter = TokenCounters.forEncoding("cl100k_base");

    assertThat(
        counter.count(CharBuffer.wrap("a buffer, naïve")),
        equalTo(counter.count("a buffer, naïve")));
  }

  /** From some length on each further stretch of the same text adds the same tokens. */
  private static Matcher<Integer> isRepeated(TokenCounter counter, String unit, int times) {
    // Also a multiple of three, the length of a piece of digits.
    int period = 3 << 10;
    int rest = times % period;
    int start = counter.count(unit.repeat(8 * period + rest));
    int perPeriod = counter.count(unit.repeat(9 * period + rest)) - start;
    return equalTo(start + perPeriod * (times / period - 8));
  }

  private static String base64(int length) {
    byte[] bytes = new byte[length / 4 * 3];
    new Random(14).nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
