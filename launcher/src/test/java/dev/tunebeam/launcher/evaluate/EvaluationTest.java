package dev.tunebeam.launcher.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tunebeam.dataset.terminal.TerminalText;
import dev.tunebeam.launcher.evaluate.TextScores.Answered;
import dev.tunebeam.launcher.process.LauncherException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvaluationTest {

  private static final List<String> MAIL = List.of("spam", "ham");

  /** Five right, two wrong, one none. scikit-learn 1.9.1: F2 0.5263, AUROC 0.7917, AP 0.7222. */
  private static final List<Prediction> ANSWERS =
      List.of(
          judged("ham", "ham", 0.25),
          judged("ham", "ham", 0.125),
          judged("ham", "spam", 0.75),
          judged("ham", "ham", 0.25),
          judged("spam", "spam", 0.75),
          judged("spam", "ham", 0.25),
          judged("spam", null, null),
          judged("spam", "spam", 1.0));

  @Test
  void twoClassesHaveAllFiguresInJson() {
    assertThat(
        new String(EvaluationFiles.bytes(mail(null, 2)), UTF_8),
        is(
            """
            {
              "model" : "ft:model",
              "dataset" : "sha256:12",
              "examples" : 8,
              "classification" : {
                "examples" : 8,
                "noClass" : 1,
                "accuracy" : 0.625,
                "weightedF1" : 0.6607142857142857,
                "macroF1" : 0.6607142857142857,
                "classes" : [ {
                  "label" : "ham",
                  "precision" : 0.75,
                  "recall" : 0.75,
                  "f1" : 0.75,
                  "support" : 4,
                  "predicted" : 4
                }, {
                  "label" : "spam",
                  "precision" : 0.6666666666666666,
                  "recall" : 0.5,
                  "f1" : 0.5714285714285714,
                  "support" : 4,
                  "predicted" : 3
                } ]
              },
              "binary" : {
                "positive" : "spam",
                "precision" : 0.6666666666666666,
                "recall" : 0.5,
                "beta" : 2.0,
                "fBeta" : 0.5263157894736842,
                "scored" : 7,
                "auroc" : 0.7916666666666666,
                "auprc" : 0.7222222222222222
              },
              "confusion" : {
                "labels" : [ "ham", "spam" ],
                "counts" : [ [ 3, 1, 0 ], [ 1, 2, 1 ] ]
              }
            }
            """));
  }

  @Test
  void theJsonCanBeReadBack() throws Exception {
    Evaluation evaluation = mail("ham", 1);
    assertThat(
        new JsonMapper().readValue(EvaluationFiles.bytes(evaluation), Evaluation.class),
        is(evaluation));
  }

  @Test
  void twoClassesHaveAllFiguresInTheReport() {
    assertThat(
        EvaluationReport.lines(mail("spam", 0.5)),
        contains(
            "Model     ft:model",
            "Dataset   sha256:12",
            "Examples  8",
            "",
            "Accuracy     0.6250",
            "Weighted F1  0.6607",
            "Macro F1     0.6607",
            "1 answer matches no class and counts as wrong.",
            "",
            "Positive class: spam",
            "Precision  0.6667",
            "Recall     0.5000",
            "F0.5       0.6250",
            "AUROC      0.7917",
            "AUPRC      0.7222",
            "AUROC and AUPRC cover the 7 examples with class probabilities.",
            "",
            "class  precision  recall      F1  support  predicted",
            "spam      0.6667  0.5000  0.5714        4          3",
            "ham       0.7500  0.7500  0.7500        4          4",
            "",
            "Confusion matrix (rows: actual class, columns: predicted class):",
            "      ham  spam  (none)",
            "ham     3     1       0",
            "spam    1     2       1"));
  }

  @Test
  void withoutProbabilitiesThereAreNoAreas() {
    List<Prediction> answers = List.of(judged("ham", "ham", null), judged("spam", "spam", null));
    Evaluation evaluation = Evaluation.ofClasses("m", "d", MAIL, answers, null, 1);
    BinaryScores binary = Objects.requireNonNull(evaluation.binary());
    assertThat(binary.auroc(), is(nullValue()));
    assertThat(binary.auprc(), is(nullValue()));
    assertThat(
        EvaluationReport.lines(evaluation),
        hasItems(
            "F1         1.0000",
            "AUROC           -",
            "AUPRC           -",
            "AUROC and AUPRC cover the 0 examples with class probabilities."));
  }

  @Test
  void oneKindOfExampleHasNoRocCurve() {
    List<Prediction> answers = List.of(judged("spam", "spam", 0.5));
    BinaryScores binary =
        Objects.requireNonNull(Evaluation.ofClasses("m", "d", MAIL, answers, null, 1).binary());
    assertThat(binary.auroc(), is(nullValue()));
    assertThat(binary.auprc(), is(1.0));
  }

  @Test
  void aPositiveClassThatIsNoneAndABetaBelowZeroAreRefused() {
    LauncherException none = assertThrows(LauncherException.class, () -> mail("eggs", 1));
    assertThat(
        none.getMessage(),
        is("The positive class \"eggs\" is not one of the classes \"ham\" and \"spam\"."));
    LauncherException beta = assertThrows(LauncherException.class, () -> mail("spam", -1));
    assertThat(beta.getMessage(), is("Beta must be at least 0, not -1.0."));
    assertThrows(LauncherException.class, () -> mail("spam", Double.NaN));
  }

  @Test
  void moreOrFewerThanTwoClassesHaveNoFiguresForTwo() {
    for (List<String> classes : List.of(List.of("a"), List.of("a", "b", "c"))) {
      Evaluation evaluation =
          Evaluation.ofClasses("m", "d", classes, List.of(judged("a", "a", 1.0)), "a", 1);
      assertThat(evaluation.binary(), is(nullValue()));
    }
  }

  @Test
  void classesThatTheDatasetDoesNotNameAreCountedAndAbsentOnesAreSaid() {
    ConfusionMatrix matrix = ConfusionMatrix.of(List.of("a", "c"), List.of(judged("b", "a", null)));
    assertThat(
        matrix,
        is(
            new ConfusionMatrix(
                List.of("a", "b", "c"),
                List.of(
                    List.of(0L, 0L, 0L, 0L), List.of(1L, 0L, 0L, 0L), List.of(0L, 0L, 0L, 0L)))));
    assertThat(
        EvaluationReport.lines(
            Evaluation.ofClasses(
                "m", "d", List.of("a", "c"), List.of(judged("b", "a", null)), null, 1)),
        hasItem("1 class has neither examples nor predictions."));
    assertThrows(
        IllegalArgumentException.class,
        () -> ConfusionMatrix.of(List.of("a"), List.of(judged("a", "z", null))));
  }

  @Test
  void aMatrixOfLongLabelsHasNumberedColumns() {
    List<String> classes = new ArrayList<>();
    List<Prediction> answers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      classes.add(String.format(Locale.ROOT, "a_class_with_a_long_name_%02d", i));
      answers.add(judged(classes.get(i), classes.get(Math.max(0, i - 1)), null));
    }
    List<String> lines =
        EvaluationReport.lines(Evaluation.ofClasses("m", "d", classes, answers, null, 1));
    assertThat(
        lines,
        hasItems(
            "                          1  2  3  4  5  6  7  8  9  10  11  12  (none)",
            " 2  a_class_with_a_long…  1  0  0  0  0  0  0  0  0   0   0   0       0"));
    for (String line : lines) {
      assertThat(line, TerminalText.width(line) <= 100, is(true));
    }
  }

  @Test
  void ofManyClassesTheWorstAndTheMostFrequentConfusionsAreShown() {
    List<String> classes = new ArrayList<>();
    List<Prediction> answers = new ArrayList<>();
    for (int i = 10; i < 70; i++) {
      classes.add("class_" + i);
    }
    for (int i = 0; i < 60; i++) {
      for (int n = 0; n < 4; n++) {
        // Every second class is taken for the next one, each time but one.
        String wrong = n == 0 && i == 2 ? null : classes.get(Math.min(59, i + 1));
        answers.add(judged(classes.get(i), i % 2 == 0 && n < 3 ? wrong : classes.get(i), null));
      }
    }
    Evaluation evaluation = Evaluation.ofClasses("m", "d", classes, answers, null, 1);
    List<String> lines = EvaluationReport.lines(evaluation);
    assertThat(
        lines.subList(8, 16),
        contains(
            "",
            "class     precision  recall      F1  support  predicted",
            "class_10     1.0000  0.2500  0.4000        4          1",
            "class_12     1.0000  0.2500  0.4000        4          1",
            "class_14     1.0000  0.2500  0.4000        4          1",
            "class_16     1.0000  0.2500  0.4000        4          1",
            "class_18     1.0000  0.2500  0.4000        4          1",
            "class_20     1.0000  0.2500  0.4000        4          1"));
    assertThat(
        lines.subList(60, 66),
        contains(
            "and 10 more classes with F1 of at least 0.7273.",
            "",
            "Most frequent confusions:",
            "actual    predicted  count  of actual",
            "class_10  class_11       3     75.0 %",
            "class_14  class_15       3     75.0 %"));
    assertThat(lines.get(lines.size() - 1), is("and 11 more pairs of classes with 30 examples."));
  }

  @Test
  void ofManyClassesWithoutAConfusionThereIsNothingToShow() {
    List<String> classes = new ArrayList<>();
    List<Prediction> answers = new ArrayList<>();
    for (char c = 'a'; c < 'p'; c++) {
      classes.add(String.valueOf(c));
      answers.add(judged(String.valueOf(c), String.valueOf(c), null));
    }
    assertThat(
        EvaluationReport.lines(Evaluation.ofClasses("m", "d", classes, answers, null, 1)),
        hasItem("No confusions."));
  }

  @Test
  void labelsCannotBreakTheReport() {
    List<Prediction> answers = List.of(judged("a\nb\u001b[2J", "a\nb\u001b[2J", null));
    assertThat(
        EvaluationReport.lines(Evaluation.ofClasses("m", "d", List.of(), answers, null, 1)),
        hasItem("a\\nb\\u001b[2J     1.0000  1.0000  1.0000        1          1"));
  }

  @Test
  void generatedTextsHaveTheirFigures() {
    Evaluation evaluation =
        Evaluation.ofTexts("m", "d", List.of(new Answered("a", "a"), new Answered("a", "b a")));
    assertThat(
        EvaluationReport.lines(evaluation),
        contains(
            "Model     m",
            "Dataset   d",
            "Examples  2",
            "",
            "Exact match  0.5000",
            "Token F1     0.8333"));
    assertThat(
        new String(EvaluationFiles.bytes(evaluation), UTF_8),
        is(
            """
            {
              "model" : "m",
              "dataset" : "d",
              "examples" : 2,
              "generation" : {
                "examples" : 2,
                "exactMatch" : 0.5,
                "tokenF1" : 0.8333333333333333
              }
            }
            """));
  }

  @Test
  void withoutAnExampleEveryFigureIsZero() {
    assertThat(
        EvaluationReport.lines(Evaluation.ofClasses("m", "d", List.of("a"), List.of(), null, 1)),
        hasItems("Accuracy     0.0000", "1 class has neither examples nor predictions."));
  }

  private static Evaluation mail(@Nullable String positive, double beta) {
    return Evaluation.ofClasses("ft:model", "sha256:12", MAIL, ANSWERS, positive, beta);
  }

  private static Prediction judged(
      String actual, @Nullable String predicted, @Nullable Double spam) {
    return new Prediction(
        actual,
        predicted,
        spam == null
            ? null
            : new ClassProbabilities(new TreeMap<>(Map.of("spam", spam, "ham", 1 - spam))));
  }
}
