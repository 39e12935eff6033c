package dev.tunebeam.launcher.evaluate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tunebeam.launcher.evaluate.Comparison.Pair;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private static void add(
      List<Pair> pairs, int count, String actual, @Nullable String one, @Nullable String other) {
    for (int i = 0; i < count; i++) {
      pairs.add(new Pair(actual, one, other));
    }
  }

  /** 1,000 rows: only the model has 20 right, only the other one 8, all 8 of the class b. */
  private static List<Pair> mixed() {
    List<Pair> pairs = new ArrayList<>();
    add(pairs, 700, "a", "a", "a");
    add(pairs, 20, "a", "a", null);
    add(pairs, 252, "b", "b", "b");
    add(pairs, 8, "b", "a", "b");
    add(pairs, 20, "c", "a", "b");
    return pairs;
  }

  @Test
  void overallAndByClassTheReportSaysWhatIsBetterAndWorse() {
    assertThat(
        ComparisonReport.lines(Comparison.ofClasses("ft:old", mixed(), 0.02)),
        contains(
            "Against ft:old",
            "           model  against  difference",
            "Accuracy  0.9720   0.9600     +0.0120",
            "Of 1,000 rows, only this model has 20 right, and only the other one 8.",
            "Better (p = 0.0178): with 95 % confidence the difference is at least 0.35 points.",
            "",
            "recall of  rows   model  against  difference        p",
            "a           720  1.0000   0.9722     +0.0278  <0.0001  better",
            "b           260  0.9692   1.0000     -0.0308   0.0078  worse",
            "c            20  0.0000   0.0000     +0.0000   1.0000"));
  }

  @Test
  void theOrderOfTheRowsDoesNotMatterForClasses() {
    List<Pair> reversed = new ArrayList<>(mixed());
    java.util.Collections.reverse(reversed);
    assertThat(
        Comparison.ofClasses("ft:old", reversed, 0.02),
        is(Comparison.ofClasses("ft:old", mixed(), 0.02)));
  }

  @Test
  void tooFewRowsSayHowManyItWouldTake() {
    List<Pair> pairs = new ArrayList<>();
    add(pairs, 180, "a", "a", "a");
    add(pairs, 10, "a", "a", "b");
    add(pairs, 10, "a", "b", "a");
    Comparison comparison = Comparison.ofClasses("ft:old", pairs, 0.02);
    assertThat(comparison.verdict(), is(Verdict.NO_EVIDENCE));
    assertThat(
        ComparisonReport.verdict(comparison),
        is(
            "No evidence: with 95 % confidence the difference is at least -3.87 points, which is"
                + " below the margin of -2 points. It would take about 1,550 rows."));
    assertThat(
        ComparisonReport.verdict(Comparison.ofClasses("ft:old", pairs, 0.04)),
        is(
            "Not worse by 4 points: with 95 % confidence the difference is at least -3.87"
                + " points."));
  }

  @Test
  void textsAreComparedByTheirTokenF1() throws Exception {
    List<Pair> pairs = new ArrayList<>();
    add(pairs, 200, "wait for the reply", "wait for the reply", "wait for the reply");
    add(pairs, 20, "wait for the reply", "wait for the reply", "wait for");
    add(pairs, 5, "wait for the reply", "no", "wait");
    Comparison comparison = Comparison.ofTexts("ft:old", pairs, 0.02);
    assertThat(comparison.rowsNeeded(), is(nullValue()));
    assertThat(comparison.classes(), is(nullValue()));
    List<String> lines = ComparisonReport.lines(comparison);
    assertThat(
        lines.subList(1, 4),
        contains(
            "           model  against  difference",
            "Token F1  0.9778   0.9570     +0.0207",
            "Of 225 rows, this model is better on 20 and worse on 5."));
    assertThat(comparison.verdict(), is(Verdict.BETTER));
    JsonMapper json = new JsonMapper();
    assertThat(
        json.readValue(json.writeValueAsBytes(comparison), Comparison.class), is(comparison));
  }
}
