package dev.tunebeam.launcher.provider;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetricsCsvTest {

  private static final String HEADER =
      "step,train_loss,train_mean_token_accuracy,valid_loss,valid_mean_token_accuracy,"
          + "full_valid_loss,full_valid_mean_token_accuracy\n";

  private static String csv(String lines) {
    return MetricsCsv.ofLines(lines.getBytes(StandardCharsets.UTF_8))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .orElse("nothing");
  }

  @Test
  void recordsWithoutAStepStandOneBehindTheOther() {
    assertThat(
        csv("{\"loss\":3}\n{\"step\":7,\"loss\":2}\n{\"loss\":1,\"step\":-1}\n"),
        is(HEADER + "0,3,,,,,\n7,2,,,,,\n8,1,,,,,\n"));
  }

  @Test
  void textsInThePlaceOfNumbersAndUnknownNamesAreLeftOut() {
    assertThat(csv("{\"step\":1,\"loss\":\"NaN\",\"lr\":1}\n[1]\n\n"), is("nothing"));
    assertThat(MetricsCsv.ofLines(new byte[0]), is(Optional.empty()));
  }
}
