package dev.tunebeam.pipelines.gates;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Manifest.ClassCount;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is worth a look since the previous dataset, and what is not. */
class ChangesTest {

  /** Some figures of a dataset; the others follow from them. */
  private record Night(
      long read,
      long rejected,
      long duplicates,
      long conflicts,
      Map<String, Long> classes,
      long p50,
      long p95,
      String usd,
      boolean newOnly) {

    DatasetFigures figures() {
      TreeMap<String, ClassCount> counts = new TreeMap<>();
      classes.forEach((name, count) -> counts.put(name, new ClassCount(count, 0)));
      return new DatasetFigures(
          new Manifest.Rows(
              read,
              new Manifest.Rejected(rejected, new TreeMap<>(Map.of("blank_prompt", rejected))),
              duplicates,
              read - rejected - duplicates,
              0),
          100L,
          conflicts,
          0,
          counts,
          new Manifest.Tokens("o200k_base", 1, 1, new Manifest.PerExample(1, p50, p95, p95)),
          null,
          new Manifest.Cost(
              "model", "openai", 3, 1, new BigDecimal(usd), LocalDate.of(2026, 11, 20)),
          newOnly);
    }
  }

  private static final Night BEFORE =
      new Night(1000, 20, 30, 4, Map.of("a", 600L, "b", 300L, "c", 50L), 200, 800, "2", false);

  private static List<String> changes(Night now) {
    return Changes.of(new DatasetPair(now.figures(), BEFORE.figures(), null)).stream()
        .map(
            change ->
                "%s %s > %s %s"
                    .formatted(
                        change.measure(), change.beforeText(), change.nowText(), change.note()))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1000 | 20 | 30 | 4 | 200 | 800 |
           500 | 10 | 15 | 4 | 200 | 800 |
           499 | 10 | 15 | 4 | 200 | 800 | rows 1,000 > 499 null
          2000 | 40 | 60 | 4 | 200 | 800 |
          2001 | 40 | 60 | 4 | 200 | 800 | rows 1,000 > 2,001 null
          1000 | 69 | 30 | 4 | 200 | 800 |
          1000 | 70 | 30 | 4 | 200 | 800 | rejected 2.0 % > 7.0 % null
          1000 | 20 | 79 | 4 | 200 | 800 |
          1000 | 20 | 80 | 4 | 200 | 800 | duplicates 3.0 % > 8.0 % null
          1000 | 20 | 30 | 8 | 200 | 800 |
          1000 | 20 | 30 | 9 | 200 | 800 | conflicts 4.0 % > 9.0 % null
          1000 | 20 | 30 | 4 | 219 | 800 |
          1000 | 20 | 30 | 4 | 220 | 800 | tokens p50 200 > 220 null
          1000 | 20 | 30 | 4 | 180 | 800 | tokens p50 200 > 180 null
          1000 | 20 | 30 | 4 | 200 | 881 | tokens p95 800 > 881 null
          """)
  void aFigureIsSaidFromItsThresholdOn(
      long read, long rejected, long duplicates, long conflicts, long p50, long p95, String text) {
    Night night =
        new Night(
            read, rejected, duplicates, conflicts, BEFORE.classes, p50, p95, BEFORE.usd, false);
    assertThat(String.join("; ", changes(night)), equalTo(text == null ? "" : text));
  }

  @Test
  void classesThatAreNewOrGoneAndOtherSharesAreSaid() {
    Night night =
        new Night(1000, 20, 30, 4, Map.of("a", 300L, "d", 600L, "c", 50L), 200, 800, "2", false);
    assertThat(
        changes(night),
        equalTo(
            List.of(
                "new classes  > 1 d",
                "vanished classes  > 1 b",
                "class shares  > 0.51 Jensen-Shannon divergence")));
  }

  @Test
  void aPriceIsSaidFromAFifthOnUnlessItIsThatOfWhatIsNew() {
    assertThat(changes(priced("2.39", false)), equalTo(List.of()));
    assertThat(changes(priced("2.4", false)), equalTo(List.of("price $2.00 > $2.40 null")));
    assertThat(changes(priced("0.1", true)), equalTo(List.of()));
  }

  private static Night priced(String usd, boolean newOnly) {
    return new Night(1000, 20, 30, 4, newOnly ? Map.of() : BEFORE.classes, 200, 800, usd, newOnly);
  }

  @Test
  void withoutAPreviousDatasetNothingIsSaid() {
    assertThat(Changes.of(new DatasetPair(BEFORE.figures(), null, null)), equalTo(List.of()));
  }
}
