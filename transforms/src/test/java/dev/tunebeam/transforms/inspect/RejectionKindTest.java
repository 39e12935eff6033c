package dev.tunebeam.transforms.inspect;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.transforms.row.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RejectionKindTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BAD_MESSAGES | message 12 has no role | bad_messages: message # has no role",
        "BAD_MESSAGES | message 2 has the weight 3; it is 0 or 1 | bad_messages: message # has the weight #",
        "DOES_NOT_FIT_FORMAT | prompt and completion cannot hold tools; use format: chat | does_not_fit_format: prompt and completion cannot hold tools",
        "TOO_LONG | 70 tokens, the limit is 50; cut it | too_long"
      })
  void messagesThatDifferInNumbersAloneAreOneKind(Reason reason, String message, String kind) {
    assertThat(RejectionKind.of(reason, message).toString(), equalTo(kind));
  }
}
