package dev.tunebeam.launcher.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The result of an evaluation: either classification metrics with the confusion matrix, and binary
 * metrics if there are two classes, or metrics of generated text.
 *
 * @param model the evaluated model
 * @param dataset the digest of the dataset
 * @param examples number of answered examples
 * @param unanswered number of examples without an answer, which are not in the scores; null if none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Evaluation(
    String model,
    String dataset,
    long examples,
    @Nullable Long unanswered,
    @Nullable ClassificationScores classification,
    @Nullable BinaryScores binary,
    @Nullable ConfusionMatrix confusion,
    @Nullable TextScores generation) {

  /** Rejects a result without metrics. */
  public Evaluation {
    if ((classification == null) == (generation == null)
        || (classification == null) != (confusion == null)
        || (binary != null && classification == null)) {
      throw new IllegalArgumentException("neither a classification nor a generation");
    }
  }

  /**
   * Scores a classification.
   *
   * @param classes the classes of the dataset
   * @param answers the predictions in any order
   * @param positive the positive class in binary classification; null for {@link
   *     BinaryScores#defaultPositive}
   * @param beta of F-beta, for binary classification
   * @throws dev.tunebeam.launcher.process.LauncherException as {@link BinaryScores#of}
   */
  public static Evaluation ofClasses(
      String model,
      String dataset,
      Collection<String> classes,
      Collection<Prediction> answers,
      @Nullable String positive,
      double beta) {
    ConfusionMatrix matrix = ConfusionMatrix.of(classes, answers);
    BinaryScores binary = null;
    if (matrix.labels().size() == 2) {
      String named = positive == null ? BinaryScores.defaultPositive(matrix) : positive;
      binary = BinaryScores.of(matrix, answers, named, beta);
    }
    return new Evaluation(
        model,
        dataset,
        answers.size(),
        null,
        ClassificationScores.of(matrix),
        binary,
        matrix,
        null);
  }

  /** Scores generated text; answers in any order. */
  public static Evaluation ofTexts(
      String model, String dataset, Collection<TextScores.Answered> answers) {
    return new Evaluation(
        model, dataset, answers.size(), null, null, null, null, TextScores.of(answers));
  }

  /** A copy with the number of examples that were not answered. */
  public Evaluation withUnanswered(long count) {
    return new Evaluation(
        model,
        dataset,
        examples,
        count == 0 ? null : (Long) count,
        classification,
        binary,
        confusion,
        generation);
  }
}
