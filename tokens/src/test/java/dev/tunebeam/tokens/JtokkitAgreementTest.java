package dev.tunebeam.tokens;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingRegistry;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Compares with another implementation, on texts of the characters that both know. */
class JtokkitAgreementTest {

  private static final EncodingRegistry JTOKKIT = Encodings.newLazyEncodingRegistry();

  private static final Map<String, TokenCounter> COUNTERS =
      Stream.of("r50k_base", "p50k_base", "cl100k_base", "o200k_base")
          .collect(Collectors.toMap(name -> name, TokenCounters::forEncoding));

  @Property(tries = 3_000)
  void countsAreThoseOfJtokkit(@ForAll("texts") String text) {
    COUNTERS.forEach(
        (name, counter) ->
            assertThat(
                name,
                counter.count(text),
                equalTo(JTOKKIT.getEncoding(name).orElseThrow().countTokensOrdinary(text))));
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> characters =
        Arbitraries.integers()
            .between(0, Character.MAX_CODE_POINT)
            .filter(JtokkitAgreementTest::isKnownToBoth)
            .map(Character::toString);
    Arbitrary<String> ascii = Arbitraries.chars().ascii().map(String::valueOf);
    Arbitrary<String> words =
        Arbitraries.of(" the", " Quick", "brown ", "it's", "WE'LL", "  ", "\r\n", "123", " Straße");
    return Arbitraries.oneOf(characters, ascii, words)
        .list()
        .ofMaxSize(40)
        .map(parts -> String.join("", parts));
  }

  private static boolean isKnownToBoth(int codePoint) {
    return Character.isDefined(codePoint) && Character.getType(codePoint) != Character.SURROGATE;
  }
}
