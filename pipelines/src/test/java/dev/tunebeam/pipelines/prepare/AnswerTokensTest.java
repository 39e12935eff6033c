package dev.tunebeam.pipelines.prepare;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.tokens.Encoding;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTokensTest {

  private static int tokens(boolean space, String... classes) {
    return AnswerTokens.of(List.of(classes), space, Encoding.named("o200k_base"));
  }

  @Test
  void oneTokenTellsClassesApartThatBeginInDifferentWays() {
    assertThat(tokens(true, "yes", "no"), equalTo(1));
    assertThat(tokens(true, "lost_property", "ebook_start", "NA"), equalTo(1));
    assertThat(tokens(false, "1", "2", "77"), equalTo(1));
    assertThat(tokens(true), equalTo(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"o200k_base", "cl100k_base"})
  void aNumberBehindABlankIsTwoTokensOfWhichTheFirstSaysNothing(String encoding) {
    assertThat(
        AnswerTokens.of(List.of("1", "2", "77"), true, Encoding.named(encoding)), equalTo(2));
  }

  @Test
  void classesThatBeginWithTheSameTokenNeedAsManyAsTheLongestHas() {
    assertThat(tokens(true, "ebook_start", "ebook_start_again", "yes"), equalTo(3));
  }

  @Test
  void moreThanTenThousandClassesAreFreeTextAndNotLookedInto() {
    List<String> numbers = IntStream.rangeClosed(0, 10_000).mapToObj(String::valueOf).toList();
    assertThat(AnswerTokens.of(numbers, true, Encoding.named("o200k_base")), equalTo(1));
  }
}
