package dev.tunebeam.launcher.evaluate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.launcher.inference.TokenProbability;
import dev.tunebeam.launcher.process.LauncherException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassAnswerTest {

  private static final ClassAnswer CARDS =
      new ClassAnswer(List.of("card", "card_lost", "refund", "refuse", "top up", "取消"));

  @ParameterizedTest
  @CsvSource({
    "' refund', refund",
    "'\n refund \n', refund",
    "refun, refund",
    "' top', top up",
    "card_, card_lost",
    "取, 取消",
  })
  void anAnswerIsTheClassThatItIsOrBegins(String answer, String label) {
    assertThat(CARDS.of(answer), is(Optional.of(label)));
  }

  @Test
  void theShorterOfTwoLabelsTakesWhatIsEqualToIt() {
    assertThat(CARDS.of(" card"), is(Optional.of("card")));
  }

  @ParameterizedTest
  @CsvSource({"' ref'", "refunds", "Refund", "efund", "''", "'  '", "'refund.'", "'top  up'"})
  void whatBeginsSeveralLabelsOrNoneIsNoClass(String answer) {
    assertThat(CARDS.of(answer), is(Optional.empty()));
  }

  @Test
  void aSingleClassIsNotTheAnswerToNothing() {
    assertThat(new ClassAnswer(List.of("only")).of(" "), is(Optional.empty()));
  }

  @Test
  void theLabelIsGivenBackAsTheDatasetHasIt() {
    assertThat(new ClassAnswer(List.of(" ham", "spam")).of("ham"), is(Optional.of(" ham")));
  }

  @Test
  void labelsThatNoAnswerCanTellAreRefused() {
    LauncherException same =
        assertThrows(LauncherException.class, () -> new ClassAnswer(List.of("a", " a")));
    assertThat(
        same.getMessage(),
        is(
            "The classes \" a\" and \"a\" differ only in whitespace, so answers cannot tell"
                + " them apart."));
    assertThrows(LauncherException.class, () -> new ClassAnswer(List.of("a", " ")));
  }

  @Test
  void theProbabilityOfAClassIsTheSumOverTheTokensThatBeginItAlone() {
    ClassProbabilities probabilities =
        new ClassAnswer(List.of("ham", "spam", "spark"))
            .probabilities(
                List.of(
                    token(" ham", 0.5),
                    token("h", 0.125),
                    token(" spa", 0.25),
                    token("spam", 0.0625),
                    token("eggs", 0.03125),
                    token(" ", 0.03125),
                    new TokenProbability("spark", Double.NEGATIVE_INFINITY)));
    assertThat(
        probabilities.byClass(),
        allOf(
            aMapWithSize(3),
            hasEntry(is("ham"), closeTo(0.625, 1e-15)),
            hasEntry(is("spam"), closeTo(0.0625, 1e-15)),
            hasEntry(is("spark"), is(0.0))));
    assertThat(probabilities.share("ham").getAsDouble(), is(closeTo(10.0 / 11, 1e-15)));
    assertThat(probabilities.share("spark"), is(OptionalDouble.of(0)));
  }

  @Test
  void withoutATokenOfAnyClassThereIsNoShare() {
    ClassAnswer answer = new ClassAnswer(List.of("ham", "spam"));
    assertThat(
        answer.probabilities(List.of(token("eggs", 1))).share("ham"), is(OptionalDouble.empty()));
    assertThat(answer.probabilities(List.of()).share("ham"), is(OptionalDouble.empty()));
  }

  @Test
  void noNumberIsNoLogProbability() {
    assertThrows(IllegalArgumentException.class, () -> new TokenProbability("a", Double.NaN));
  }

  private static TokenProbability token(String token, double probability) {
    return new TokenProbability(token, Math.log(probability));
  }
}
