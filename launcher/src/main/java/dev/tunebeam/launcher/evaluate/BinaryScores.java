package dev.tunebeam.launcher.evaluate;

import static dev.tunebeam.launcher.evaluate.ClassificationScores.ratio;

import dev.tunebeam.launcher.evaluate.Ranking.Scored;
import dev.tunebeam.launcher.process.LauncherException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Binary classification metrics for the positive class, as scikit-learn defines them with {@code
 * zero_division=0}.
 *
 * @param positive the positive class
 * @param precision share of its predictions that are correct
 * @param recall share of its examples that are predicted correctly
 * @param beta how many times as much recall counts as precision; 1 makes {@code fBeta} F1
 * @param fBeta the weighted harmonic mean of both
 * @param scored examples with probabilities, over which AUROC and AUPRC are computed
 * @param auroc area under the ROC curve, see {@link Ranking#auroc}; null unless both classes have a
 *     scored example
 * @param auprc average precision, see {@link Ranking#averagePrecision}; null unless the positive
 *     class has a scored example
 */
record BinaryScores(
    String positive,
    double precision,
    double recall,
    double beta,
    double fBeta,
    long scored,
    @Nullable Double auroc,
    @Nullable Double auprc) {

  /** The default positive class: the last one in sorted order (true, yes, spam, 1). */
  static String defaultPositive(ConfusionMatrix matrix) {
    return matrix.labels().get(matrix.labels().size() - 1);
  }

  /**
   * Computes the metrics.
   *
   * @param matrix the confusion matrix of the same predictions, for two classes
   * @param answers the predictions in any order; each one's score is {@link
   *     ClassProbabilities#share}
   * @param positive the positive class
   * @param beta 0 or more
   * @throws LauncherException if the positive class is unknown or beta is negative
   */
  static BinaryScores of(
      ConfusionMatrix matrix, Collection<Prediction> answers, String positive, double beta) {
    int index = matrix.labels().indexOf(positive);
    if (index < 0) {
      throw LauncherException.wrongUse(
          "The positive class \"%s\" is not one of the classes \"%s\"."
              .formatted(positive, String.join("\" and \"", matrix.labels())));
    }
    if (!(beta >= 0) || Double.isInfinite(beta)) {
      throw LauncherException.wrongUse("Beta must be at least 0, not " + beta + ".");
    }
    if (matrix.labels().size() != 2) {
      throw new IllegalArgumentException("not two classes: " + matrix.labels());
    }
    double right = matrix.count(index, index);
    double wrong = matrix.predicted(index) - right;
    double missed = matrix.support(index) - right;
    double weight = beta * beta;
    Ranking ranking = new Ranking(scored(answers, positive));
    return new BinaryScores(
        positive,
        ratio(right, right + wrong),
        ratio(right, right + missed),
        beta,
        ratio((1 + weight) * right, (1 + weight) * right + weight * missed + wrong),
        scored(answers, positive).size(),
        orNull(ranking.auroc()),
        orNull(ranking.averagePrecision()));
  }

  private static List<Scored> scored(Collection<Prediction> answers, String positive) {
    List<Scored> scored = new ArrayList<>();
    for (Prediction answer : answers) {
      ClassProbabilities probabilities = answer.probabilities();
      if (probabilities != null) {
        probabilities
            .share(positive)
            .ifPresent(score -> scored.add(new Scored(answer.actual().equals(positive), score)));
      }
    }
    return scored;
  }

  private static @Nullable Double orNull(OptionalDouble figure) {
    return figure.isPresent() ? figure.getAsDouble() : null;
  }
}
