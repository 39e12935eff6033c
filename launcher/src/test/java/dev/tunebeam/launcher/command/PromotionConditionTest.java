package dev.tunebeam.launcher.command;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.tunebeam.launcher.evaluate.Comparison;
import dev.tunebeam.launcher.evaluate.Comparison.OfClass;
import dev.tunebeam.launcher.evaluate.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromotionConditionTest {

  private static Comparison comparison(Verdict verdict, Verdict ofBilling) {
    return new Comparison(
        "ft:old",
        "accuracy",
        100,
        0.9,
        0.9,
        0,
        -0.01,
        0.02,
        3,
        3,
        0.5,
        0.5,
        verdict,
        null,
        List.of(
            new OfClass("Billing", 50, 0.8, 0.9, 1, 6, 0.01, ofBilling),
            new OfClass("Sales", 50, 0.8, 0.9, 1, 2, 0.4, Verdict.NO_EVIDENCE)));
  }

  @Test
  void notWorseTakesBetterAndNotWorseAndBetterTakesBetterOnly() {
    Comparison better = comparison(Verdict.BETTER, Verdict.NO_EVIDENCE);
    Comparison alike = comparison(Verdict.NOT_WORSE, Verdict.BETTER);
    assertThat(PromotionCondition.NOT_WORSE.refusal(better), is(nullValue()));
    assertThat(PromotionCondition.BETTER.refusal(better), is(nullValue()));
    assertThat(PromotionCondition.NOT_WORSE.refusal(alike), is(nullValue()));
    assertThat(
        PromotionCondition.BETTER.refusal(alike), is("it is not worse, but not better either"));
  }

  @Test
  void whatIsWorseOrNotKnownIsRefused() {
    for (PromotionCondition condition : PromotionCondition.values()) {
      assertThat(
          condition.refusal(comparison(Verdict.WORSE, Verdict.NO_EVIDENCE)), is("it is worse"));
      assertThat(
          condition.refusal(comparison(Verdict.NO_EVIDENCE, Verdict.NO_EVIDENCE)),
          is("there is no evidence that it is not worse"));
    }
  }

  @Test
  void aClassThatIsWorseIsEnoughToRefuse() {
    for (PromotionCondition condition : PromotionCondition.values()) {
      assertThat(
          condition.refusal(comparison(Verdict.BETTER, Verdict.WORSE)),
          is("its recall is worse for Billing"));
    }
  }
}
