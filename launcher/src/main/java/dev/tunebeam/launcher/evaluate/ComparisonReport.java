package dev.tunebeam.launcher.evaluate;

import dev.tunebeam.dataset.terminal.Columns;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.TerminalText;
import dev.tunebeam.launcher.evaluate.Comparison.OfClass;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A {@link Comparison} as text. */
public final class ComparisonReport {

  private static final int CLASSES = 10;

  /** Smaller probabilities are not written out. */
  private static final double LEAST = 0.0001;

  private static final String LEAST_TEXT = "0.0001";

  private ComparisonReport() {}

  /** The scores, the verdict and the classes, the ten that differ most. */
  public static List<String> lines(Comparison comparison) {
    boolean texts = comparison.classes() == null;
    List<String> lines = new ArrayList<>();
    lines.add("Against " + TerminalText.oneLine(comparison.against()));
    Columns scores = new Columns("lrrr");
    scores.row("", "model", "against", "difference");
    scores.row(
        texts ? "Token F1" : "Accuracy",
        figure(comparison.score()),
        figure(comparison.againstScore()),
        signed(comparison.difference()));
    lines.addAll(scores.lines(""));
    lines.add(
        String.format(
            Locale.ROOT,
            texts
                ? "Of %s, this model is better on %s and worse on %s."
                : "Of %s, only this model has %s right, and only the other one %s.",
            Figures.counted(comparison.rows(), "row", "rows"),
            Figures.count(comparison.onlyThis()),
            Figures.count(comparison.onlyAgainst())));
    lines.add(verdict(comparison));
    if (comparison.classes() != null) {
      lines.addAll(classes(comparison.classes()));
    }
    return List.copyOf(lines);
  }

  /** The verdict in a sentence. */
  public static String verdict(Comparison comparison) {
    String margin = points(comparison.margin());
    String bound =
        "with 95 %% confidence the difference is at least %s"
            .formatted(points(comparison.lowerBound()));
    return switch (comparison.verdict()) {
      case BETTER -> "Better (p %s): %s.".formatted(pIs(comparison.pBetter()), bound);
      case NOT_WORSE ->
          comparison.pWorse() < PairedTest.LEVEL
              ? "Worse (p %s), but not by %s: %s."
                  .formatted(pIs(comparison.pWorse()), margin, bound)
              : "Not worse by %s: %s.".formatted(margin, bound);
      case WORSE -> "Worse (p %s): %s.".formatted(pIs(comparison.pWorse()), bound);
      case NO_EVIDENCE ->
          "No evidence: %s, which is below the margin of -%s. It would take about %s."
              .formatted(
                  bound,
                  margin,
                  Figures.counted(
                      comparison.rowsNeeded() == null ? 0 : comparison.rowsNeeded(),
                      "row",
                      "rows"));
    };
  }

  private static List<String> classes(List<OfClass> classes) {
    List<OfClass> first =
        classes.stream()
            .sorted(
                Comparator.comparingDouble(OfClass::p)
                    .thenComparing(each -> -Math.abs(each.recall() - each.againstRecall()))
                    .thenComparing(OfClass::label))
            .limit(CLASSES)
            .toList();
    Columns columns = new Columns("lrrrrrl");
    columns.row("recall of", "rows", "model", "against", "difference", "p", "");
    for (OfClass one : first) {
      columns.row(
          EvaluationReport.label(one.label(), 48),
          Figures.count(one.rows()),
          figure(one.recall()),
          figure(one.againstRecall()),
          signed(one.recall() - one.againstRecall()),
          p(one.p()),
          one.verdict() == Verdict.NO_EVIDENCE ? "" : one.verdict().toString());
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.addAll(columns.lines(""));
    if (classes.size() > first.size()) {
      lines.add(
          "and %s."
              .formatted(
                  Figures.counted(classes.size() - first.size(), "more class", "more classes")));
    }
    return lines;
  }

  private static String figure(double score) {
    return String.format(Locale.ROOT, "%.4f", score);
  }

  private static String signed(double difference) {
    return String.format(Locale.ROOT, "%+.4f", difference);
  }

  private static String pIs(double probability) {
    return probability < LEAST ? "< " + LEAST_TEXT : "= " + p(probability);
  }

  private static String p(double probability) {
    return probability < LEAST ? "<" + LEAST_TEXT : String.format(Locale.ROOT, "%.4f", probability);
  }

  /** {@code -1.3 points}, of a hundred. */
  static String points(double share) {
    BigDecimal points =
        BigDecimal.valueOf(share).movePointRight(2).setScale(2, RoundingMode.HALF_EVEN);
    BigDecimal plain = points.signum() == 0 ? BigDecimal.ZERO : points.stripTrailingZeros();
    String text = plain.toPlainString();
    return text + (text.equals("1") ? " point" : " points");
  }
}
