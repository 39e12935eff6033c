package dev.tunebeam.launcher.evaluate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.tunebeam.launcher.evaluate.ClassificationScores.ClassScores;
import dev.tunebeam.launcher.evaluate.Ranking.Scored;
import dev.tunebeam.launcher.evaluate.TextScores.Answered;
import java.util.ArrayList;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hamcrest.Matcher;

class ScoresPropertyTest {

  private static final List<String> CLASSES = List.of("a", "b", "c", "d");
  private static final double DIGITS = 1e-12;

  @Property
  void accuracyIsTheTraceOfTheMatrixByItsTotal(@ForAll("answers") List<Prediction> answers) {
    ConfusionMatrix matrix = ConfusionMatrix.of(CLASSES, answers);
    long right = answers.stream().filter(a -> a.actual().equals(a.predicted())).count();
    assertThat(matrix.right(), is(right));
    assertThat(matrix.examples(), is((long) answers.size()));
    assertThat(
        ClassificationScores.of(matrix).accuracy(),
        is(closeTo((double) right / answers.size(), DIGITS)));
  }

  @Property
  void accuracyIsTheRecallOfTheClassesWeightedByTheirExamples(
      @ForAll("answers") List<Prediction> answers) {
    ClassificationScores scores = scores(answers);
    double recall = 0;
    for (ClassScores one : scores.classes()) {
      recall += one.recall() * one.support() / answers.size();
    }
    assertThat(scores.accuracy(), is(closeTo(recall, DIGITS)));
  }

  @Property
  void meansOfF1AreBetweenTheLowestAndTheHighest(@ForAll("answers") List<Prediction> answers) {
    ClassificationScores scores = scores(answers);
    DoubleSummaryStatistics supported =
        scores.classes().stream()
            .filter(one -> one.support() > 0)
            .mapToDouble(ClassScores::f1)
            .summaryStatistics();
    assertThat(scores.weightedF1(), isBetween(supported.getMin(), supported.getMax()));
    assertThat(scores.macroF1(), isBetween(0, supported.getMax()));
    for (ClassScores one : scores.classes()) {
      assertThat(
          one.f1(),
          isBetween(
              Math.min(one.precision(), one.recall()), Math.max(one.precision(), one.recall())));
    }
  }

  @Property
  void theOrderOfTheAnswersDoesNotMatter(
      @ForAll("answers") List<Prediction> answers, @ForAll Random random) {
    List<Prediction> two = answers.stream().map(ScoresPropertyTest::ofTwoClasses).toList();
    List<Prediction> shuffled = new ArrayList<>(two);
    Collections.shuffle(shuffled, random);
    assertThat(
        Evaluation.ofClasses("m", "d", List.of("a", "b"), shuffled, "a", 2),
        is(Evaluation.ofClasses("m", "d", List.of("a", "b"), two, "a", 2)));
    assertThat(scores(shuffled), is(scores(two)));
  }

  @Property
  void theOrderOfTheTextsDoesNotMatter(
      @ForAll("texts") List<Answered> answers, @ForAll Random random) {
    List<Answered> shuffled = new ArrayList<>(answers);
    Collections.shuffle(shuffled, random);
    assertThat(TextScores.of(shuffled), is(TextScores.of(answers)));
  }

  @Property
  void reversedScoresGiveTheRestOfTheArea(@ForAll("scored") List<Scored> examples) {
    Ranking ranking = new Ranking(examples);
    Ranking reversed =
        new Ranking(examples.stream().map(e -> new Scored(e.positive(), -e.score())).toList());
    Ranking others =
        new Ranking(examples.stream().map(e -> new Scored(!e.positive(), e.score())).toList());
    OptionalDouble auroc = ranking.auroc();
    assertThat(reversed.auroc().isPresent(), is(auroc.isPresent()));
    if (auroc.isPresent()) {
      assertThat(reversed.auroc().getAsDouble(), is(closeTo(1 - auroc.getAsDouble(), DIGITS)));
      assertThat(others.auroc().getAsDouble(), is(closeTo(1 - auroc.getAsDouble(), DIGITS)));
    }
  }

  @Property
  void onlyTheOrderOfScoresCounts(@ForAll("scored") List<Scored> examples) {
    Ranking stretched =
        new Ranking(
            examples.stream().map(e -> new Scored(e.positive(), Math.exp(e.score()))).toList());
    assertThat(stretched.auroc(), is(new Ranking(examples).auroc()));
    assertThat(stretched.averagePrecision(), is(new Ranking(examples).averagePrecision()));
  }

  @Property
  void averagePrecisionIsAtLeastThatOfTheWorstRanking(@ForAll("scored") List<Scored> examples) {
    long positives = examples.stream().filter(Scored::positive).count();
    OptionalDouble auprc = new Ranking(examples).averagePrecision();
    assertThat(auprc.isPresent(), is(positives > 0));
    if (positives > 0) {
      double worst = 0;
      for (long i = 1; i <= positives; i++) {
        worst += (double) i / (examples.size() - positives + i) / positives;
      }
      assertThat(auprc.getAsDouble(), isBetween(worst, 1));
    }
  }

  @Property
  void tokenF1IsSymmetricAndOneForTheSameWords(@ForAll("texts") List<Answered> texts) {
    for (Answered one : texts) {
      double f1 = TextScores.tokenF1(one.expected(), one.answer());
      assertThat(f1, isBetween(0, 1));
      assertThat(TextScores.tokenF1(one.answer(), one.expected()), is(f1));
      assertThat(TextScores.tokenF1(one.expected(), one.expected()), is(1.0));
    }
  }

  @Provide
  Arbitrary<List<Prediction>> answers() {
    return Combinators.combine(
            Arbitraries.of("a", "b", "c"),
            Arbitraries.of(CLASSES).injectNull(0.2),
            Arbitraries.integers().between(0, 5))
        .as((actual, predicted, score) -> new Prediction(actual, predicted, probabilities(score)))
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  @Provide
  Arbitrary<List<Scored>> scored() {
    return Combinators.combine(Arbitraries.of(true, false), Arbitraries.integers().between(-4, 4))
        .as((positive, score) -> new Scored(positive, score / 4.0))
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  @Provide
  Arbitrary<List<Answered>> texts() {
    Arbitrary<String> text =
        Arbitraries.of("a", "B", " ", ".", "1", "+", "東", "ไ", "é", "'")
            .list()
            .ofMaxSize(9)
            .map(parts -> String.join("", parts));
    return Combinators.combine(text, text).as(Answered::new).list().ofMaxSize(20);
  }

  private static ClassProbabilities probabilities(int score) {
    return new ClassProbabilities(
        score == 0
            ? new TreeMap<>()
            : new TreeMap<>(Map.of("a", score / 7.0, "b", (6 - score) / 7.0)));
  }

  private static Prediction ofTwoClasses(Prediction answer) {
    String predicted = answer.predicted();
    return new Prediction(
        answer.actual().equals("a") ? "a" : "b",
        predicted == null || predicted.equals("a") ? predicted : "b",
        answer.probabilities());
  }

  private static ClassificationScores scores(List<Prediction> answers) {
    return ClassificationScores.of(ConfusionMatrix.of(CLASSES, answers));
  }

  private static Matcher<Double> isBetween(double low, double high) {
    return is(both(greaterThanOrEqualTo(low - DIGITS)).and(lessThanOrEqualTo(high + DIGITS)));
  }
}
