package dev.tunebeam.launcher.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tunebeam.launcher.evaluate.TextScores.Answered;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A model against another one on the rows that both have answered.
 *
 * @param against the other model
 * @param measure {@code accuracy} or {@code tokenF1}
 * @param rows that both have answered
 * @param score of the model on these rows, 0 to 1
 * @param againstScore of the other one
 * @param difference of the scores
 * @param lowerBound with 95 % confidence the difference is at least that
 * @param margin by how much the model may be worse
 * @param onlyThis rows that only the model has right, for texts those where its score is higher
 * @param onlyAgainst rows that only the other one has right, for texts those where its is higher
 * @param pBetter error probability of calling the model better
 * @param pWorse error probability of calling it worse
 * @param verdict what follows
 * @param rowsNeeded rows that would show with 80 % probability that two equally good models are so;
 *     null if the verdict is not that there is no evidence
 * @param classes the recall of each class, sorted by label; null for texts
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Comparison(
    String against,
    String measure,
    long rows,
    double score,
    double againstScore,
    double difference,
    double lowerBound,
    double margin,
    long onlyThis,
    long onlyAgainst,
    double pBetter,
    double pWorse,
    Verdict verdict,
    @Nullable Long rowsNeeded,
    @Nullable List<OfClass> classes) {

  /** Copies the classes. */
  public Comparison {
    classes = classes == null ? null : List.copyOf(classes);
  }

  /**
   * The recall of a class.
   *
   * @param rows of the class
   * @param recall share of them that the model has right
   * @param againstRecall share of them that the other one has right
   * @param onlyThis rows that only the model has right
   * @param onlyAgainst rows that only the other one has right
   * @param p error probability of the direction in which they differ, adjusted over the classes
   * @param verdict better, worse or no evidence
   */
  public record OfClass(
      String label,
      long rows,
      double recall,
      double againstRecall,
      long onlyThis,
      long onlyAgainst,
      double p,
      Verdict verdict) {}

  /**
   * The answers of both models to one row.
   *
   * @param actual the expected class or text
   * @param answer null if it is no class
   * @param againstAnswer null if it is no class
   */
  public record Pair(String actual, @Nullable String answer, @Nullable String againstAnswer) {

    private boolean isRight() {
      return actual.equals(answer);
    }

    private boolean isAgainstRight() {
      return actual.equals(againstAnswer);
    }
  }

  /** How many rows a model, the other one, only one of them has right. */
  private static final class Tally {
    private long rows;
    private long right;
    private long againstRight;
    private long only;
    private long other;

    void add(Pair pair) {
      rows++;
      right += pair.isRight() ? 1 : 0;
      againstRight += pair.isAgainstRight() ? 1 : 0;
      only += pair.isRight() && !pair.isAgainstRight() ? 1 : 0;
      other += !pair.isRight() && pair.isAgainstRight() ? 1 : 0;
    }
  }

  /**
   * Compares classes by {@link McNemar}, overall and by class with {@link Holm}'s correction.
   *
   * @param pairs in any order
   * @param margin above 0
   */
  static Comparison ofClasses(String against, List<Pair> pairs, double margin) {
    Tally all = new Tally();
    SortedMap<String, Tally> byClass = new TreeMap<>();
    for (Pair pair : pairs) {
      all.add(pair);
      byClass.computeIfAbsent(pair.actual(), any -> new Tally()).add(pair);
    }
    PairedTest test = McNemar.of(all.only, all.other, all.rows);
    return of(
            against, "accuracy", test, share(all.right, all), share(all.againstRight, all), margin)
        .with(all.only, all.other, classes(byClass));
  }

  /**
   * Compares texts by {@link PairedBootstrap} over their token F1.
   *
   * @param pairs in the order of the rows
   * @param margin above 0
   */
  static Comparison ofTexts(String against, List<Pair> pairs, double margin) {
    double[] differences = new double[pairs.size()];
    List<Answered> answers = new ArrayList<>();
    List<Answered> others = new ArrayList<>();
    long only = 0;
    long other = 0;
    for (Pair pair : pairs) {
      String answer = Objects.requireNonNull(pair.answer());
      String againstAnswer = Objects.requireNonNull(pair.againstAnswer());
      double difference =
          TextScores.tokenF1(pair.actual(), answer)
              - TextScores.tokenF1(pair.actual(), againstAnswer);
      differences[answers.size()] = difference;
      answers.add(new Answered(pair.actual(), answer));
      others.add(new Answered(pair.actual(), againstAnswer));
      only += difference > 0 ? 1 : 0;
      other += difference < 0 ? 1 : 0;
    }
    return of(
            against,
            "tokenF1",
            PairedBootstrap.of(differences),
            TextScores.of(answers).tokenF1(),
            TextScores.of(others).tokenF1(),
            margin)
        .with(only, other, null);
  }

  private static double share(long right, Tally tally) {
    return ClassificationScores.ratio(right, tally.rows);
  }

  private static Comparison of(
      String against,
      String measure,
      PairedTest test,
      double score,
      double againstScore,
      double margin) {
    Verdict verdict = test.verdict(margin);
    return new Comparison(
        against,
        measure,
        test.rows(),
        score,
        againstScore,
        test.difference(),
        test.lowerBound(),
        margin,
        0,
        0,
        test.better(),
        test.worse(),
        verdict,
        verdict == Verdict.NO_EVIDENCE ? (Long) test.rowsNeeded(margin) : null,
        null);
  }

  private Comparison with(long only, long other, @Nullable List<OfClass> byClass) {
    return new Comparison(
        against,
        measure,
        rows,
        score,
        againstScore,
        difference,
        lowerBound,
        margin,
        only,
        other,
        pBetter,
        pWorse,
        verdict,
        rowsNeeded,
        byClass);
  }

  private static List<OfClass> classes(SortedMap<String, Tally> byClass) {
    List<String> labels = List.copyOf(byClass.keySet());
    List<Tally> tallies = List.copyOf(byClass.values());
    double[] adjusted =
        Holm.adjusted(
            tallies.stream()
                .mapToDouble(
                    tally ->
                        McNemar.atMost(Math.min(tally.only, tally.other), tally.only + tally.other))
                .toArray());
    List<OfClass> classes = new ArrayList<>();
    for (int i = 0; i < adjusted.length; i++) {
      Tally tally = tallies.get(i);
      Verdict verdict =
          adjusted[i] >= PairedTest.LEVEL
              ? Verdict.NO_EVIDENCE
              : tally.only > tally.other ? Verdict.BETTER : Verdict.WORSE;
      classes.add(
          new OfClass(
              labels.get(i),
              tally.rows,
              share(tally.right, tally),
              share(tally.againstRight, tally),
              tally.only,
              tally.other,
              adjusted[i],
              verdict));
    }
    return classes;
  }

  /** The classes with a verdict. */
  public List<OfClass> classes(Verdict of) {
    return classes == null
        ? List.of()
        : classes.stream().filter(each -> each.verdict() == of).toList();
  }
}
