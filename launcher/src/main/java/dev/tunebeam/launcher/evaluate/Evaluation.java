package dev.tunebeam.launcher.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation found. Either the classification and its confusion matrix are there, with the
 * figures for two classes where there are two, or the figures of generated texts.
 *
 * @param model the model that answered
 * @param dataset the digest of the dataset whose examples it was asked
 * @param examples those that it answered
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Evaluation(
    String model,
    String dataset,
    long examples,
    @Nullable ClassificationScores classification,
    @Nullable BinaryScores binary,
    @Nullable ConfusionMatrix confusion,
    @Nullable TextScores generation) {

  /** Checks that it is of one kind. */
  public Evaluation {
    if ((classification == null) == (generation == null)
        || (classification == null) != (confusion == null)
        || (binary != null && classification == null)) {
      throw new IllegalArgumentException("neither a classification nor a generation");
    }
  }

  /**
   * Judges a classification.
   *
   * @param classes those of the dataset
   * @param answers in any order
   * @param positive the positive class of two; null for {@link BinaryScores#defaultPositive}
   * @param beta of F-beta, for two classes
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
        model, dataset, answers.size(), ClassificationScores.of(matrix), binary, matrix, null);
  }

  /** Judges generated texts; answers in any order. */
  public static Evaluation ofTexts(
      String model, String dataset, Collection<TextScores.Answered> answers) {
    return new Evaluation(model, dataset, answers.size(), null, null, null, TextScores.of(answers));
  }
}
