package dev.tunebeam.dataset;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrainingCostTest {

  /** The divisions of the cookbook, at and around their edges. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 25",
    "3, 25",
    "4, 25",
    "5, 20",
    "10, 10",
    "33, 3",
    "34, 3",
    "100, 3",
    "8333, 3",
    "8334, 2",
    "10003, 2",
    "12500, 2",
    "12501, 1",
    "25000, 1",
    "25001, 1",
    "4000000000, 1"
  })
  void epochsFollowTheRuleOfTheCookbook(long examples, int epochs) {
    assertThat(TrainingCost.defaultEpochs(examples), is(epochs));
  }

  @Property
  void epochsAreBetween1And25AndNeverRiseWithMoreExamples(
      @ForAll @LongRange(min = 1, max = 100_000) long examples) {
    int epochs = TrainingCost.defaultEpochs(examples);
    assertThat(epochs, is(allOf(greaterThanOrEqualTo(1), lessThanOrEqualTo(25))));
    assertThat(TrainingCost.defaultEpochs(examples + 1), is(lessThanOrEqualTo(epochs)));
  }

  @Test
  void theExampleOfTheCookbookIsBilledWith86120Tokens() {
    int epochs = TrainingCost.defaultEpochs(5);
    Manifest.Cost cost = TrainingCost.of(model("8", null), epochs, 4_306, 900);
    assertThat(
        cost,
        is(
            new Manifest.Cost(
                "m", "p", 20, 86_120, new BigDecimal("0.68896"), LocalDate.of(2026, 11, 20))));
  }

  @Test
  void anExampleIsBilledUpToTheLimit() {
    assertThat(TrainingCost.billedTokens(65_535, 65_536), is(65_535L));
    assertThat(TrainingCost.billedTokens(65_537, 65_536), is(65_536L));
    assertThat(TrainingCost.billedTokens(65_537, null), is(65_537L));
  }

  @Test
  void halfOfTheLastDecimalIsRoundedUp() {
    assertThat(dollars("0.5", null, 1), is(new BigDecimal("0.000001")));
    assertThat(dollars("0.499999", null, 1), is(new BigDecimal("0.000000")));
  }

  @Test
  void theMinimumChargeIsTheLeastPrice() {
    assertThat(dollars("0.38", "4", 10_000_000), is(new BigDecimal("4")));
    assertThat(dollars("0.38", "4", 20_000_000), is(new BigDecimal("7.600000")));
  }

  @Test
  void noTokensCostNothingEvenWithAMinimumCharge() {
    assertThat(dollars("0.38", "4", 0), is(BigDecimal.ZERO));
  }

  @Test
  void withoutAPriceThereAreNoDollars() {
    assertThat(TrainingCost.dollars(model(null, "4"), 1_000), is(nullValue()));
  }

  @Test
  void negativeCountsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> TrainingCost.defaultEpochs(-1));
    assertThrows(IllegalArgumentException.class, () -> TrainingCost.dollars(model("1", null), -1));
  }

  @Test
  void moreTokensThanFitIsAnErrorAndNoSmallNumber() {
    assertThrows(
        ArithmeticException.class,
        () -> TrainingCost.of(model("1", null), 3, Long.MAX_VALUE / 2, 0));
  }

  @Test
  void validationIsBilledOnceAnEpochWhereTheProviderBillsIt() {
    Manifest.Cost cost = TrainingCost.of(model("8", null, true), 20, 4_306, 900);
    assertThat(cost.billedTokens(), is(20L * (4_306 + 900)));
    assertThat(cost.usd(), is(new BigDecimal("0.83296")));
    assertThrows(
        ArithmeticException.class,
        () -> TrainingCost.of(model("1", null, true), 1, Long.MAX_VALUE, 1));
  }

  @Test
  void noEpochsAreBilledNothing() {
    assertThat(TrainingCost.billedTokens(model("8", null, true), 0, 0, 900), is(0L));
  }

  private static @Nullable BigDecimal dollars(String price, @Nullable String minimum, long tokens) {
    return TrainingCost.dollars(model(price, minimum), tokens);
  }

  private static Model model(@Nullable String price, @Nullable String minimum) {
    return model(price, minimum, false);
  }

  private static Model model(
      @Nullable String price, @Nullable String minimum, boolean validationBilled) {
    return new Model(
        "p",
        "m",
        List.of(),
        "o200k_base",
        null,
        List.of(Format.CHAT),
        null,
        null,
        null,
        new Model.Prices(
            price == null ? null : new BigDecimal(price),
            null,
            null,
            null,
            null,
            validationBilled,
            minimum == null ? null : new BigDecimal(minimum),
            null,
            LocalDate.of(2026, 11, 20),
            "a list"),
        List.of(),
        null,
        null,
        null,
        null,
        "");
  }
}
