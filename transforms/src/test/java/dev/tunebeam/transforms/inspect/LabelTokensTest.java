package dev.tunebeam.transforms.inspect;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.tunebeam.tokens.Encoding;
import dev.tunebeam.tokens.TokenCounter;
import dev.tunebeam.tokens.TokenCounters;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LabelTokensTest {

  private final LabelTokens exact = new LabelTokens(Encoding.named("cl100k_base"));

  @Test
  void namesThatBeginWithTheSameTokenAreAlike() {
    assertThat(exact.first("class1"), equalTo("class"));
    assertThat(exact.first("class1"), equalTo(exact.first("class10")));
    assertThat(exact.first(" yes"), not(equalTo(exact.first(" no"))));
    assertThat(exact.count(" yes"), equalTo(1));
    assertThat(exact.count(" class10"), equalTo(2));
  }

  @Test
  void tokensThatEndWithinACharacterAreToldApart() {
    assertThat(exact.first("𐍈"), not(equalTo(exact.first("龘"))));
    assertThat(
        "鶴".getBytes(StandardCharsets.UTF_8).length >= exact.first("鶴").length(), equalTo(true));
  }

  @Test
  void anotherTokenizerIsAskedByItsCountsAlone() {
    TokenCounter counter = TokenCounters.forEncoding("cl100k_base");
    LabelTokens byCounts =
        new LabelTokens(
            new Encoding() {
              @Override
              public String name() {
                return "owner/model@0123456789ab";
              }

              @Override
              public TokenCounter newCounter() {
                return counter;
              }
            });
    for (String name : new String[] {"class1", " Billing", "refund_not_showing_up", "да", "7"}) {
      assertThat(
          name,
          byCounts.first(name).getBytes(StandardCharsets.UTF_8).length,
          equalTo(exact.first(name).length()));
    }
  }
}
