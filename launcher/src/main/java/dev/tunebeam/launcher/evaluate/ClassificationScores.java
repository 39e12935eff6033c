package dev.tunebeam.launcher.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Classification metrics, as scikit-learn defines them with {@code zero_division=0}: a division by
 * 0 gives 0. An answer that matches no class counts as wrong: it lowers the accuracy and the recall
 * of the actual class, but no precision.
 *
 * @param examples all scored examples
 * @param noClass examples whose answer matches no class
 * @param accuracy share of correct predictions
 * @param weightedF1 mean F1 over the classes, weighted by support
 * @param macroF1 unweighted mean F1 over the classes with an example or a prediction
 * @param classes each class, sorted by label
 */
record ClassificationScores(
    long examples,
    long noClass,
    double accuracy,
    double weightedF1,
    double macroF1,
    List<ClassScores> classes) {

  /** Copies the classes. */
  public ClassificationScores {
    classes = List.copyOf(classes);
  }

  /**
   * The metrics of one class.
   *
   * @param label its name
   * @param precision share of its predictions that are correct
   * @param recall share of its examples that are predicted correctly
   * @param f1 harmonic mean of both
   * @param support number of examples of the class
   * @param predicted number of predictions of the class
   */
  record ClassScores(
      String label, double precision, double recall, double f1, long support, long predicted) {

    /** Whether the class has an example or a prediction. */
    boolean occurs() {
      return support + predicted > 0;
    }
  }

  /** Computes the metrics from a confusion matrix; all 0 if it is empty. */
  static ClassificationScores of(ConfusionMatrix matrix) {
    List<ClassScores> classes = new ArrayList<>();
    for (int i = 0; i < matrix.labels().size(); i++) {
      long right = matrix.count(i, i);
      long support = matrix.support(i);
      long predicted = matrix.predicted(i);
      classes.add(
          new ClassScores(
              matrix.labels().get(i),
              ratio(right, predicted),
              ratio(right, support),
              ratio(2 * right, support + predicted),
              support,
              predicted));
    }
    long examples = matrix.examples();
    List<ClassScores> occurring = classes.stream().filter(ClassScores::occurs).toList();
    return new ClassificationScores(
        examples,
        matrix.predicted(matrix.labels().size()),
        ratio(matrix.right(), examples),
        ratio(sum(classes, scores -> scores.f1() * scores.support()), (double) examples),
        ratio(sum(occurring, ClassScores::f1), occurring.size()),
        classes);
  }

  static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }

  private static double sum(List<ClassScores> classes, ToDoubleFunction<ClassScores> figure) {
    return classes.stream().mapToDouble(figure).sum();
  }
}
