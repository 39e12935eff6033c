package dev.tunebeam.launcher.results;

import static dev.tunebeam.launcher.results.Metric.FULL_VALID_ACCURACY;
import static dev.tunebeam.launcher.results.Metric.FULL_VALID_LOSS;
import static dev.tunebeam.launcher.results.Metric.TRAIN_ACCURACY;
import static dev.tunebeam.launcher.results.Metric.TRAIN_LOSS;
import static dev.tunebeam.launcher.results.Metric.VALID_ACCURACY;
import static dev.tunebeam.launcher.results.Metric.VALID_LOSS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.results.TrainingMetrics.Step;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultsFileTest {

  private static final String CSV =
      """
      step,train_loss,train_accuracy,valid_loss,valid_mean_token_accuracy
      1,1.52347,0.0,,
      2,0.57719,0.5,0.75,0.25
      """;

  private static final TrainingMetrics METRICS =
      new TrainingMetrics(
          List.of(
              new Step(1, Map.of(TRAIN_LOSS, 1.52347, TRAIN_ACCURACY, 0.0)),
              new Step(
                  2,
                  Map.of(
                      TRAIN_LOSS,
                      0.57719,
                      TRAIN_ACCURACY,
                      0.5,
                      VALID_LOSS,
                      0.75,
                      VALID_ACCURACY,
                      0.25))),
          0,
          List.of());

  @Test
  void aFileIsReadByItsHeaderAndBlanksAreNoFigures() {
    assertThat(parse(CSV), is(METRICS));
  }

  @Test
  void base64OfAFileIsTheFile() {
    byte[] plain = CSV.getBytes(UTF_8);
    assertThat(
        ResultsFile.parse(Base64.getEncoder().encode(plain), "results.csv"), equalTo(METRICS));
    assertThat(
        "with line breaks",
        ResultsFile.parse(Base64.getMimeEncoder().encode(plain), "results.csv"),
        equalTo(METRICS));
    assertThat(
        "without padding, with a line end",
        parse(Base64.getEncoder().withoutPadding().encodeToString(plain) + "\n"),
        equalTo(METRICS));
    assertThat(ResultsFile.csv(Base64.getMimeEncoder().encode(plain), "results.csv"), is(CSV));
  }

  @Test
  void byteOrderMarkBlankLinesAndOtherLineEndsDoNotMatter() {
    assertThat(parse("\uFEFF\n" + CSV.replace("\n", "\r\n") + "\r\n\r\n"), is(METRICS));
    String marked = "\uFEFF" + CSV;
    assertThat(parse(Base64.getEncoder().encodeToString(marked.getBytes(UTF_8))), is(METRICS));
  }

  @Test
  void columnsStandInAnyOrderAndCaseAndAreQuotedOrNot() {
    assertThat(
        parse(
            "\"Train_Loss\", STEP ,full_valid_loss,full_valid_mean_token_accuracy\n.5,3,1e-3,1\n"),
        is(
            new TrainingMetrics(
                List.of(
                    new Step(
                        3,
                        Map.of(TRAIN_LOSS, 0.5, FULL_VALID_LOSS, 1e-3, FULL_VALID_ACCURACY, 1.0))),
                0,
                List.of())));
  }

  @ParameterizedTest
  @CsvSource({
    "train_mean_token_accuracy, TRAIN_ACCURACY",
    "train_accuracy, TRAIN_ACCURACY",
    "valid_accuracy, VALID_ACCURACY",
    "valid_mean_token_accuracy, VALID_ACCURACY",
    "validation_mean_token_accuracy, VALID_ACCURACY"
  })
  void accuraciesHaveSeveralNames(String column, Metric metric) {
    assertThat(
        parse("step," + column + "\n1,0.5\n").steps(), contains(new Step(1, Map.of(metric, 0.5))));
  }

  @Test
  void ofTwoColumnsForOneMetricTheFirstThatIsNotBlankCounts() {
    assertThat(
        parse("step,train_accuracy,train_mean_token_accuracy\n1,0.1,0.2\n2,,0.3\n").steps(),
        contains(
            new Step(1, Map.of(TRAIN_ACCURACY, 0.1)), new Step(2, Map.of(TRAIN_ACCURACY, 0.3))));
  }

  @Test
  void unknownColumnsAreNamedAndLeftOut() {
    TrainingMetrics metrics = parse("step,Learning Rate,train_loss,\n1,high,2,\n");
    assertThat(metrics.unknownColumns(), contains("Learning Rate"));
    assertThat(metrics.steps(), contains(new Step(1, Map.of(TRAIN_LOSS, 2.0))));
  }

  @Test
  void stepsAreSortedAndLaterFiguresOfAStepReplaceEarlierOnes() {
    TrainingMetrics metrics =
        parse("step,train_loss,valid_loss\n3,0.3,\n1,0.9,0.8\n3,0.2,0.7\n1,,0.6\n1.0,,\n");
    assertThat(
        metrics.steps(),
        contains(
            new Step(1, Map.of(TRAIN_LOSS, 0.9, VALID_LOSS, 0.6)),
            new Step(3, Map.of(TRAIN_LOSS, 0.2, VALID_LOSS, 0.7))));
    assertThat(metrics.repeatedRows(), is(3));
  }

  @Test
  void aTrainingThatDivergedIsKeptAsItIs() {
    TrainingMetrics metrics =
        parse("step,train_loss,valid_loss\n1,2,1\n2,NaN,-Inf\n3,nan,Infinity\n");
    assertThat(metrics.steps().get(1).value(TRAIN_LOSS), is(Double.NaN));
    assertThat(metrics.steps().get(1).value(VALID_LOSS), is(Double.NEGATIVE_INFINITY));
    assertThat(metrics.steps().get(2).value(VALID_LOSS), is(Double.POSITIVE_INFINITY));
  }

  @Test
  void rowsMayBeShorterThanTheHeaderAndThereMayBeNone() {
    assertThat(
        parse("step,train_loss,valid_loss\n1,2\n").steps(),
        contains(new Step(1, Map.of(TRAIN_LOSS, 2.0))));
    assertThat(parse("step,train_loss").steps(), is(List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "step,train_loss~1,x|line 2: the train loss \"x\" is not a number",
        "step,train_loss~~1,1~2,0x1p3|line 4: the train loss \"0x1p3\" is not a number",
        "step,train_loss~-1,2|line 2: the step \"-1\" is not an integer of at least 0",
        "step,train_loss~1.5,2|line 2: the step \"1.5\" is not an integer of at least 0",
        "step,train_loss~,2|line 2: the step \"\" is not an integer of at least 0",
        "step,train_loss~1,2,3|line 2 has 3 cells, but the header has 2",
        "step,train_loss,Step~1,2,3|it has the column step twice",
        "step,speed~1,2|it has no known metric column, only speed",
        "<html>403</html>|it is neither CSV with a column 'step' nor base64 of that; it"
            + " begins with \"<html>403</html>\"",
        "aGVsbG8=|it is neither CSV with a column 'step' nor base64 of that; it begins with"
            + " \"aGVsbG8=\""
      })
  void aBrokenFileSaysWhereAndWhat(String file, String why) {
    LauncherException e =
        assertThrows(LauncherException.class, () -> parse(file.replace('~', '\n')));
    assertThat(e.getMessage(), is("file-7 holds no training metrics: " + why));
    assertThat(e.exitCode(), is(ExitCode.FAILED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "\uFEFF"})
  void anEmptyFileIsSaidToBeEmpty(String file) {
    LauncherException e = assertThrows(LauncherException.class, () -> parse(file));
    assertThat(e.getMessage(), is("file-7 holds no training metrics: the file is empty"));
  }

  @Test
  void aQuoteThatIsNeverClosedIsNoCsv() {
    LauncherException e =
        assertThrows(LauncherException.class, () -> parse("step,train_loss\n1,\"2\n3,4\n"));
    assertThat(e.exitCode(), is(ExitCode.FAILED));
    assertThat(e.text(), startsWith("file-7 holds no training metrics: it is not valid CSV: "));
  }

  private static TrainingMetrics parse(String text) {
    return ResultsFile.parse(text.getBytes(UTF_8), "file-7");
  }
}
