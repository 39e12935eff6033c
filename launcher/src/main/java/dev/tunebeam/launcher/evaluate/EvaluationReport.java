package dev.tunebeam.launcher.evaluate;

import dev.tunebeam.dataset.terminal.Columns;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.TerminalText;
import dev.tunebeam.launcher.evaluate.ClassificationScores.ClassScores;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An {@link Evaluation} as text. */
public final class EvaluationReport {

  private static final int CLASSES = 50;

  private EvaluationReport() {}

  /** The metrics, at most 50 classes sorted by ascending F1, and the confusions. */
  public static List<String> lines(Evaluation evaluation) {
    List<String> lines = new ArrayList<>();
    Columns head = new Columns("ll");
    head.row("Model", TerminalText.oneLine(evaluation.model()));
    head.row("Dataset", TerminalText.oneLine(evaluation.dataset()));
    head.row("Examples", Figures.count(evaluation.examples()));
    if (evaluation.unanswered() != null) {
      head.row("Not answered", Figures.count(evaluation.unanswered()));
    }
    lines.addAll(head.lines(""));
    lines.add("");
    ClassificationScores classification = evaluation.classification();
    if (classification != null) {
      lines.addAll(summary(classification));
    }
    if (evaluation.binary() != null) {
      lines.add("");
      lines.addAll(binary(evaluation.binary(), evaluation.examples()));
    }
    if (classification != null) {
      lines.add("");
      lines.addAll(classes(classification));
    }
    if (evaluation.confusion() != null) {
      lines.add("");
      lines.addAll(ConfusionReport.lines(evaluation.confusion()));
    }
    if (evaluation.generation() != null) {
      Columns figures = new Columns("lr");
      figures.row("Exact match", figure(evaluation.generation().exactMatch()));
      figures.row("Token F1", figure(evaluation.generation().tokenF1()));
      lines.addAll(figures.lines(""));
    }
    return List.copyOf(lines);
  }

  private static List<String> summary(ClassificationScores scores) {
    Columns figures = new Columns("lr");
    figures.row("Accuracy", figure(scores.accuracy()));
    figures.row("Weighted F1", figure(scores.weightedF1()));
    figures.row("Macro F1", figure(scores.macroF1()));
    List<String> lines = new ArrayList<>(figures.lines(""));
    if (scores.noClass() > 0) {
      lines.add(
          Figures.counted(scores.noClass(), "answer matches", "answers match")
              + " no class and counts as"
              + " wrong.");
    }
    return lines;
  }

  private static List<String> binary(BinaryScores scores, long examples) {
    List<String> lines = new ArrayList<>();
    lines.add("Positive class: " + label(scores.positive(), 80));
    Columns figures = new Columns("lr");
    figures.row("Precision", figure(scores.precision()));
    figures.row("Recall", figure(scores.recall()));
    figures.row("F" + plain(scores.beta()), figure(scores.fBeta()));
    figures.row("AUROC", figure(scores.auroc()));
    figures.row("AUPRC", figure(scores.auprc()));
    lines.addAll(figures.lines(""));
    if (scores.scored() < examples) {
      lines.add(
          "AUROC and AUPRC cover the %s with class probabilities."
              .formatted(Figures.counted(scores.scored(), "example", "examples")));
    }
    return lines;
  }

  private static List<String> classes(ClassificationScores scores) {
    List<ClassScores> worst =
        scores.classes().stream()
            .filter(ClassScores::occurs)
            .sorted(Comparator.comparingDouble(ClassScores::f1).thenComparing(ClassScores::label))
            .toList();
    Columns columns = new Columns("lrrrrr");
    columns.row("class", "precision", "recall", "F1", "support", "predicted");
    for (ClassScores one : worst.subList(0, Math.min(CLASSES, worst.size()))) {
      columns.row(
          label(one.label(), 48),
          figure(one.precision()),
          figure(one.recall()),
          figure(one.f1()),
          Figures.count(one.support()),
          Figures.count(one.predicted()));
    }
    List<String> lines = new ArrayList<>(columns.lines(""));
    if (worst.size() > CLASSES) {
      lines.add(
          "and %s with F1 of at least %s."
              .formatted(
                  Figures.counted(worst.size() - CLASSES, "more class", "more classes"),
                  figure(worst.get(CLASSES).f1())));
    }
    int absent = scores.classes().size() - worst.size();
    if (absent > 0) {
      lines.add(
          Figures.counted(absent, "class has", "classes have")
              + " neither examples nor predictions.");
    }
    return lines;
  }

  static String label(String label, int width) {
    return TerminalText.cut(TerminalText.oneLine(label), width);
  }

  private static String figure(@Nullable Double figure) {
    return figure == null ? "-" : String.format(Locale.ROOT, "%.4f", figure);
  }

  private static String plain(double beta) {
    return beta == Math.rint(beta) && beta < 1e6
        ? Long.toString((long) beta)
        : Double.toString(beta);
  }
}
