package dev.tunebeam.launcher.results;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.tunebeam.dataset.terminal.TerminalText;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTableTest {

  @Test
  void aShortTrainingIsShownWhole() {
    assertThat(
        lines(
            """
            step,train_loss,full_valid_loss,full_valid_mean_token_accuracy,speed
            1,2.5,,,7
            2,1.25,0.5,0.75,7
            2,1.125,,,
            3,1234567,0.6,0.5,
            """),
        contains(
            "step  train loss  full valid loss  full valid acc",
            "   1      2.5000",
            "   2      1.1250           0.5000          0.7500  best",
            "   3     1.2e+06           0.6000          0.5000  last",
            "Best step by full valid loss: 2 (0.5000).",
            "Possible overfitting: full valid loss was lowest at step 2 (0.5000) and is"
                + " 0.6000 at the end. Use a",
            "  checkpoint near that step, or train for fewer epochs.",
            "1 row repeats a step; the last values are used.",
            "Unknown columns, not shown: speed."));
  }

  @Test
  void aTrainingThatDivergedIsSaid() {
    assertThat(
        lines("step,train_loss\n1,2\n2,nan\n3,-inf\n"),
        contains(
            "step  train loss",
            "   1      2.0000",
            "   2         nan",
            "   3        -inf  last",
            "The loss is not finite at step 2: training diverged. Retrain with a lower"
                + " learning rate."));
  }

  @Test
  void aLongTrainingIsSampledWithItsBestAndItsLastStepAndItsValidations() {
    StringBuilder csv = new StringBuilder("step,train_loss,valid_loss\n");
    for (int i = 1; i <= 1000; i++) {
      csv.append(i).append(",0.5,").append(i == 337 ? "0.1" : i % 100 == 0 ? "0.2" : "");
      csv.append('\n');
    }
    assertThat(
        lines(csv.toString()),
        contains(
            " step  train loss  valid loss",
            "   50      0.5000",
            "  100      0.5000      0.2000",
            "  150      0.5000",
            "  200      0.5000      0.2000",
            "  250      0.5000",
            "  300      0.5000      0.2000",
            "  337      0.5000      0.1000  best",
            "  400      0.5000      0.2000",
            "  450      0.5000",
            "  500      0.5000      0.2000",
            "  550      0.5000",
            "  600      0.5000      0.2000",
            "  650      0.5000",
            "  700      0.5000      0.2000",
            "  750      0.5000",
            "  800      0.5000      0.2000",
            "  850      0.5000",
            "  900      0.5000      0.2000",
            "  950      0.5000",
            "1,000      0.5000      0.2000  last",
            "Showing 20 of 1,000 steps.",
            "Best step by valid loss: 337 (0.1000)."));
  }

  @Test
  void noStepIsSaid() {
    assertThat(lines("step,train_loss\n"), contains("No steps have been reported yet."));
  }

  @Test
  void linesFitATerminal() {
    List<String> lines =
        lines(
            "step,train_loss,train_accuracy,valid_loss,valid_accuracy,full_valid_loss,"
                + "full_valid_accuracy,"
                + "long".repeat(30)
                + ",a column with a name,and another one\n"
                + "100000,1e300,-1e300,1e300,-1e300,1e300,-1e300\n");
    assertThat(lines.stream().map(TerminalText::width).toList(), everyItem(lessThanOrEqualTo(100)));
    assertThat(
        lines,
        hasItem(
            "100,000    1.0e+300  -1.0e+300    1.0e+300  -1.0e+300         1.0e+300       -1.0e+300"
                + "  best, last"));
  }

  private static List<String> lines(String csv) {
    return MetricsTable.lines(ResultsFile.parse(csv.getBytes(UTF_8), "results.csv"));
  }
}
