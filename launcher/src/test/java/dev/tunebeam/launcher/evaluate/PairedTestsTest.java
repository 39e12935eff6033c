package dev.tunebeam.launcher.evaluate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The figures against those of SciPy 1.17.1, which {@code src/generate/python/comparisons.py} wrote
 * down: {@code python comparisons.py > comparisons.json}.
 */
class PairedTestsTest {

  /** SciPy maximizes the likelihood numerically, which has about half of the digits. */
  private static final double SEARCHED = 1e-7;

  @ParameterizedTest
  @MethodSource
  void mcNemarHasItsFigures(JsonNode golden) {
    PairedTest test =
        McNemar.of(
            golden.get("only").asLong(), golden.get("other").asLong(), golden.get("rows").asLong());
    assertThat(test.better(), is(closeTo(golden.get("better").asDouble(), 1e-10)));
    assertThat(test.worse(), is(closeTo(golden.get("worse").asDouble(), 1e-10)));
    assertThat(test.lowerBound(), is(closeTo(golden.get("bound").asDouble(), SEARCHED)));
  }

  @ParameterizedTest
  @MethodSource
  void theBootstrapHasItsFigures(JsonNode golden) {
    PairedTest test = PairedBootstrap.of(numbers(golden.get("differences")));
    assertThat(test.better(), is(closeTo(golden.get("better").asDouble(), 1e-12)));
    assertThat(test.worse(), is(closeTo(golden.get("worse").asDouble(), 1e-12)));
    assertThat(test.lowerBound(), is(closeTo(golden.get("bound").asDouble(), 1e-12)));
  }

  @ParameterizedTest
  @MethodSource
  void holmHasItsFigures(JsonNode golden) {
    double[] adjusted = Holm.adjusted(numbers(golden.get("given")));
    double[] expected = numbers(golden.get("adjusted"));
    assertThat(adjusted.length, is(expected.length));
    for (int i = 0; i < adjusted.length; i++) {
      assertThat(adjusted[i], is(closeTo(expected[i], 1e-12)));
    }
  }

  static Stream<JsonNode> mcNemarHasItsFigures() throws IOException {
    return golden("mcnemar");
  }

  static Stream<JsonNode> theBootstrapHasItsFigures() throws IOException {
    return golden("bootstrap");
  }

  static Stream<JsonNode> holmHasItsFigures() throws IOException {
    return golden("holm");
  }

  @Test
  void fiveToNothingIsTheFewestThatSayBetter() {
    assertThat(McNemar.of(5, 0, 100).verdict(0.02), is(Verdict.BETTER));
    assertThat(McNemar.of(4, 0, 100).verdict(0.02), is(Verdict.NOT_WORSE));
    assertThat(McNemar.of(0, 5, 100).verdict(0.02), is(Verdict.WORSE));
  }

  @Test
  void modelsThatNeverDisagreeAreAlikeOnlyOnEnoughRows() {
    assertThat(McNemar.of(0, 0, 132).verdict(0.02), is(Verdict.NO_EVIDENCE));
    assertThat(McNemar.of(0, 0, 132).rowsNeeded(0.02), is(133L));
    assertThat(McNemar.of(0, 0, 133).verdict(0.02), is(Verdict.NOT_WORSE));
    assertThat(PairedBootstrap.of(new double[132]).verdict(0.02), is(Verdict.NO_EVIDENCE));
    assertThat(PairedBootstrap.of(new double[133]).verdict(0.02), is(Verdict.NOT_WORSE));
    assertThat(McNemar.of(0, 0, 0).verdict(0.02), is(Verdict.NO_EVIDENCE));
  }

  @Test
  void aTenthOfDisagreementsNeeds1550RowsForTwoPoints() {
    assertThat(McNemar.of(10, 10, 200).verdict(0.02), is(Verdict.NO_EVIDENCE));
    assertThat(McNemar.of(10, 10, 200).rowsNeeded(0.02), is(1550L));
    assertThat(McNemar.of(77, 77, 1550).verdict(0.02), is(Verdict.NOT_WORSE));
  }

  @Test
  void aModelThatIsWorseByLessThanTheMarginIsNotWorse() {
    PairedTest test = McNemar.of(300, 380, 20_000);
    assertThat(test.worse() < 0.05, is(true));
    assertThat(test.verdict(0.02), is(Verdict.NOT_WORSE));
    assertThat(test.verdict(0.005), is(Verdict.WORSE));
  }

  @Test
  void ofFewTextsNothingIsSaid() {
    double[] all = new double[29];
    java.util.Arrays.fill(all, 1.0);
    assertThat(PairedBootstrap.of(all).verdict(0.5), is(Verdict.NO_EVIDENCE));
  }

  private static Stream<JsonNode> golden(String name) throws IOException {
    try (InputStream file = PairedTestsTest.class.getResourceAsStream("comparisons.json")) {
      JsonNode cases = new JsonMapper().readTree(Objects.requireNonNull(file)).get(name);
      return StreamSupport.stream(cases.spliterator(), false);
    }
  }

  private static double[] numbers(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }
}
