package dev.tunebeam.launcher.evaluate;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.launcher.inference.Answer;
import dev.tunebeam.launcher.inference.PromptTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scores answers to the questions of a split. Rows without an answer are in no score.
 *
 * @param template of the dataset, with its classes
 * @param digest of the dataset
 */
public record Scorer(ValidationSplit split, PromptTemplate template, String digest) {

  /**
   * The scores of a model.
   *
   * @param answers by question
   * @param positive class of a binary classification, null for the default
   * @param beta of F-beta, for binary classification
   */
  public Evaluation evaluation(
      String model, Map<String, Answer> answers, @Nullable String positive, double beta) {
    Evaluation scores =
        template.classification()
            ? Evaluation.ofClasses(
                model, digest, template.classes(), predictions(answers), positive, beta)
            : Evaluation.ofTexts(model, digest, texts(answers));
    return scores.withUnanswered(split.rows().size() - scores.examples());
  }

  private List<TextScores.Answered> texts(Map<String, Answer> answers) {
    List<TextScores.Answered> texts = new ArrayList<>();
    for (ValidationSplit.Row row : split.rows()) {
      Answer answer = answers.get(row.question());
      if (answer != null) {
        texts.add(new TextScores.Answered(row.expected(), answer.text()));
      }
    }
    return texts;
  }

  private List<Prediction> predictions(Map<String, Answer> answers) {
    ClassAnswer classes = new ClassAnswer(template.classes());
    List<Prediction> predictions = new ArrayList<>();
    for (ValidationSplit.Row row : split.rows()) {
      Answer answer = answers.get(row.question());
      if (answer != null) {
        predictions.add(
            new Prediction(
                Whitespace.strip(row.expected()),
                classes.of(answer.text()).orElse(null),
                answer.firstToken().isEmpty() ? null : classes.probabilities(answer.firstToken())));
      }
    }
    return predictions;
  }

  /**
   * A model against another one, on the rows that both have answered.
   *
   * @param against the other model
   * @param ofModel the answers of the model by question
   * @param ofOther those of the other one
   * @param margin above 0
   */
  public Comparison comparison(
      String against, Map<String, Answer> ofModel, Map<String, Answer> ofOther, double margin) {
    boolean texts = !template.classification();
    ClassAnswer classes = new ClassAnswer(template.classes());
    List<Comparison.Pair> pairs = new ArrayList<>();
    for (ValidationSplit.Row row : split.rows()) {
      Answer one = ofModel.get(row.question());
      Answer other = ofOther.get(row.question());
      if (one != null && other != null) {
        pairs.add(
            texts
                ? new Comparison.Pair(row.expected(), one.text(), other.text())
                : new Comparison.Pair(
                    Whitespace.strip(row.expected()),
                    classes.of(one.text()).orElse(null),
                    classes.of(other.text()).orElse(null)));
      }
    }
    return texts
        ? Comparison.ofTexts(against, pairs, margin)
        : Comparison.ofClasses(against, pairs, margin);
  }
}
