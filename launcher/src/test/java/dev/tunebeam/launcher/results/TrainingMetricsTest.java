package dev.tunebeam.launcher.results;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.launcher.results.TrainingMetrics.Point;
import dev.tunebeam.launcher.results.TrainingMetrics.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class TrainingMetricsTest {

  @Test
  void theBestStepIsTheFirstWithTheLowestLossOverAllValidationExamples() {
    TrainingMetrics metrics =
        parse(
            "step,valid_loss,full_valid_loss\n1,0.1,\n2,0.5,0.4\n3,0.2,nan\n4,0.5,0.4\n5,1,0.6\n");
    assertThat(metrics.validationLoss(), is(Metric.FULL_VALID_LOSS));
    assertThat(metrics.best(), is(Optional.of(new Point(2, 0.4))));
  }

  @Test
  void aSingleLossOverAllValidationExamplesComparesNothingSoBatchesDo() {
    assertThat(
        parse("step,valid_loss,full_valid_loss\n1,0.1,\n2,0.5,0.4\n").best(),
        is(Optional.of(new Point(1, 0.1))));
    assertThat(
        parse("step,train_loss,full_valid_loss\n1,0.1,\n2,0.5,0.4\n").best(),
        is(Optional.of(new Point(2, 0.4))));
  }

  @Test
  void withoutValidationThereIsNoBestStepAndNoHint() {
    TrainingMetrics metrics = parse("step,train_loss,valid_loss\n1,0.1,\n2,0.5,nan\n");
    assertThat(metrics.best(), is(Optional.empty()));
    assertThat(Overfitting.of(metrics), is(Optional.empty()));
    assertThat(metrics.series(Metric.TRAIN_LOSS), contains(new Point(1, 0.1), new Point(2, 0.5)));
    assertThat(metrics.diverged(), is(Optional.of(2L)));
  }

  @Test
  void aLossOverAllValidationExamplesThatRisesIsAHint() {
    assertThat(
        Overfitting.of(parse("step,full_valid_loss\n10,0.5\n20,0.4\n30,0.45\n")),
        is(Optional.of(new Overfitting(Metric.FULL_VALID_LOSS, 20, 0.4, 0.45))));
    assertThat(
        "within one percent",
        Overfitting.of(parse("step,full_valid_loss\n10,0.5\n20,0.4\n30,0.4039\n")),
        is(Optional.empty()));
    assertThat(
        "it falls again",
        Overfitting.of(parse("step,full_valid_loss\n10,0.4\n20,0.5\n30,0.39\n")),
        is(Optional.empty()));
  }

  @Test
  void aNoisyLossNeedsAClearRise() {
    // The noise swings by 0.2 to either side; the means of the five parts rise from 0.5 to 0.9.
    Optional<Overfitting> hint =
        Overfitting.of(batches(100, i -> (i < 40 ? 0.5 : 0.9) + (i % 2 == 0 ? 0.2 : -0.2)));
    assertThat(hint.map(Overfitting::metric), is(Optional.of(Metric.VALID_LOSS)));
    assertThat(hint.map(Overfitting::lowestStep).filter(step -> step < 40).isPresent(), is(true));
    assertThat(
        "noise alone",
        Overfitting.of(batches(100, i -> 0.5 + (i % 7 - 3) * 0.1)),
        is(Optional.empty()));
    assertThat("too few points", Overfitting.of(batches(14, i -> 0.5 + i)), is(Optional.empty()));
    assertThat("a fall", Overfitting.of(batches(100, i -> 100 - i)), is(Optional.empty()));
    assertThat("no change at all", Overfitting.of(batches(100, i -> 0.5)), is(Optional.empty()));
  }

  @Test
  void theHintIsASentence() {
    assertThat(
        new Overfitting(Metric.FULL_VALID_LOSS, 1200, 0.4, 0.45).text(),
        is(
            "Possible overfitting: full valid loss was lowest at step 1,200 (0.4000) and is"
                + " 0.4500 at the end. Use a checkpoint near that step, or train for fewer"
                + " epochs."));
    assertThat(
        new Overfitting(Metric.VALID_LOSS, 20, 0.4, 0.45).text(),
        is(
            "Possible overfitting: valid loss was lowest around step 20 (mean 0.4000) and is"
                + " mean 0.4500 at the end. Use a checkpoint near that step, or train for"
                + " fewer epochs."));
  }

  @Test
  void stepsAscend() {
    List<Step> steps = List.of(new Step(2, Map.of()), new Step(2, Map.of()));
    assertThrows(IllegalArgumentException.class, () -> new TrainingMetrics(steps, 0, List.of()));
  }

  private static TrainingMetrics batches(int steps, IntToDoubleFunction loss) {
    StringBuilder csv = new StringBuilder("step,valid_loss\n");
    for (int i = 0; i < steps; i++) {
      csv.append(i).append(',').append(loss.applyAsDouble(i)).append('\n');
    }
    return parse(csv.toString());
  }

  private static TrainingMetrics parse(String csv) {
    return ResultsFile.parse(csv.getBytes(UTF_8), "results.csv");
  }
}
