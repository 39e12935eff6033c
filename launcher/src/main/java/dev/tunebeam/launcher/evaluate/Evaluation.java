package dev.tunebeam.launcher.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The result of an evaluation: either classification metrics with the confusion matrix, and binary
 * metrics if there are two classes, or metrics of generated text.
 *
 * @param model the evaluated model
 * @param dataset the digest of the dataset
 * @param examples number of answered examples
 * @param unanswered number of examples without an answer, which are not in the scores; null if none
 * @param comparison with another model, null if there was none
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
    @Nullable TextScores generation,
    @Nullable Comparison comparison) {

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
  static Evaluation ofClasses(
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
        null,
        null);
  }

  /** Scores generated text; answers in any order. */
  static Evaluation ofTexts(String model, String dataset, Collection<TextScores.Answered> answers) {
    return new Evaluation(
        model, dataset, answers.size(), null, null, null, null, TextScores.of(answers), null);
  }

  /** A copy with the number of examples that were not answered. */
  Evaluation withUnanswered(long count) {
    return new Evaluation(
        model,
        dataset,
        examples,
        count == 0 ? null : (Long) count,
        classification,
        binary,
        confusion,
        generation,
        comparison);
  }

  /** A copy with a comparison. */
  public Evaluation with(Comparison other) {
    return new Evaluation(
        model, dataset, examples, unanswered, classification, binary, confusion, generation, other);
  }

  /** The overall scores by name, 0 to 1. */
  public SortedMap<String, Double> overall() {
    SortedMap<String, Double> overall = new TreeMap<>();
    if (classification != null) {
      overall.put("accuracy", classification.accuracy());
      overall.put("weightedF1", classification.weightedF1());
      overall.put("macroF1", classification.macroF1());
    }
    if (generation != null) {
      overall.put("exactMatch", generation.exactMatch());
      overall.put("tokenF1", generation.tokenF1());
    }
    return overall;
  }
}
