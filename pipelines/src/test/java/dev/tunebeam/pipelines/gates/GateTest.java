package dev.tunebeam.pipelines.gates;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Manifest.ClassCount;
import dev.tunebeam.dataset.settings.Group;
import dev.tunebeam.dataset.settings.Setting;
import dev.tunebeam.pipelines.recipe.Recipe;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each gate measures, and when it passes. */
class GateTest {

  /** 90 examples of 100 rows: 4 rejected, 6 duplicates, 3 near copies that stay. */
  private static final DatasetFigures BEFORE =
      figures(Map.of("a", 45L, "b", 27L, "c", 18L), "o200k_base", 20, 80, new BigDecimal("2"));

  private static final Manifest.Since SINCE = new Manifest.Since("digest", 40, 10, 25, 5, 7);

  private static DatasetFigures figures(
      Map<String, Long> classes, String encoding, long p50, long p95, @Nullable BigDecimal usd) {
    TreeMap<String, ClassCount> counts = new TreeMap<>();
    classes.forEach((name, count) -> counts.put(name, new ClassCount(count - 9, 9)));
    long validation = classes.size() * 9L;
    return new DatasetFigures(
        new Manifest.Rows(
            100,
            new Manifest.Rejected(4, new TreeMap<>(Map.of("blank_prompt", 4L))),
            6,
            90 - validation,
            validation),
        50L,
        2,
        3,
        counts,
        new Manifest.Tokens(encoding, 1, 1, new Manifest.PerExample(1, p50, p95, p95)),
        new Manifest.Lengths(p50 * 4, p95 * 4),
        new Manifest.Cost("model", "openai", 3, 1, usd, LocalDate.of(2026, 11, 20)),
        false);
  }

  private static String measured(
      String key, String threshold, DatasetFigures now, @Nullable DatasetFigures before) {
    Recipe recipe =
        Recipe.of(
            Map.of(
                "gates",
                Map.of(
                    key,
                    threshold.contains(".")
                        ? new BigDecimal(threshold)
                        : Long.parseLong(threshold)),
                "near",
                Map.of("action", "report")));
    List<Manifest.Gate> all =
        Gates.check(recipe.gates(), new DatasetPair(now, before, before == null ? null : SINCE));
    assertThat(all.size(), equalTo(1));
    Manifest.Gate gate = all.get(0);
    assertThat(gate.gate(), equalTo(key));
    return "%s %s %s".formatted(gate.figure(), gate.passed() ? "passed" : "failed", gate.note());
  }

  @ParameterizedTest
  @CsvSource({
    "maxRejected, 0.04, 0.04 passed null",
    "maxRejected, 0.039999, 0.04 failed null",
    "maxDuplicates, 0.06, 0.06 passed null",
    "maxDuplicates, 0, 0.06 failed null",
    "maxConflicts, 0.04, 0.04 passed null",
    "maxConflicts, 0.03, 0.04 failed null",
    "maxNearCopies, 0.02, 0.03 failed null",
    "maxNewClasses, 1, 1 passed d",
    "maxNewClasses, 0, 1 failed d",
    "maxVanishedClasses, 0, 1 failed c",
    // Of a 45 and 27, of b 27 and 45, of c 18 and none, of d none and 18, of 90.
    "maxClassDistance, 0.2, 0.2 passed null",
    "maxClassDistance, 0.19, 0.2 failed null",
    // With m the mean of p and q: sum of (p log2(p/m) + q log2(q/m)) / 2, 0.236453.
    "maxClassDivergence, 0.3, 0.236453 passed null",
    "maxClassDivergence, 0.2, 0.236453 failed null",
    "maxTokensP50Change, 0.5, 0.5 passed from 20 to 30",
    "maxTokensP50Change, 0.49, 0.5 failed from 20 to 30",
    "maxTokensP95Change, 0.1, 0.25 failed from 80 to 60",
    "maxLengthP50Change, 0.4, 0.5 failed from 80 to 120",
    "maxLengthP95Change, 0.25, 0.25 passed from 320 to 240",
    "maxPrice, 3, 3 passed null",
    "maxPrice, 2.99, 3 failed null",
    "maxPriceChange, 0.5, 0.5 passed from $2 to $3",
    "minExamples, 90, 90 passed null",
    "minExamples, 91, 90 failed null",
    "minNewPrompts, 40, 40 passed null",
    "minNewPrompts, 41, 40 failed null",
    "maxChangedPrompts, 0.2, 0.2 passed null",
    "maxChangedPrompts, 0.1, 0.2 failed null",
    "maxBaseline, 0.5, 0.5 passed b",
    "maxBaseline, 0.4, 0.5 failed b"
  })
  void aGateMeasuresAndAFigureThatEqualsItsThresholdPasses(
      String key, String threshold, String expected) {
    DatasetFigures now =
        figures(Map.of("a", 27L, "b", 45L, "d", 18L), "o200k_base", 30, 60, new BigDecimal("3"));
    assertThat(measured(key, threshold, now, BEFORE), equalTo(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "maxNewClasses",
    "maxVanishedClasses",
    "maxClassDistance",
    "maxClassDivergence",
    "maxTokensP50Change",
    "maxTokensP95Change",
    "maxLengthP50Change",
    "maxLengthP95Change",
    "maxPriceChange",
    "minNewPrompts",
    "maxChangedPrompts"
  })
  void aGateThatComparesPassesWhereThereIsNoPreviousDataset(String key) {
    String strictest = key.startsWith("min") ? "1000" : "0";
    assertThat(measured(key, strictest, BEFORE, null), equalTo("null passed no previous dataset"));
  }

  @Test
  void whatCannotBeComparedPassesAndSaysWhyAndAnUnknownPriceFails() {
    DatasetFigures other = figures(Map.of(), "cl100k_base", 20, 80, null);
    assertThat(
        measured("maxTokensP50Change", "0", other, BEFORE),
        equalTo("null passed counted with o200k_base before"));
    assertThat(
        measured("maxVanishedClasses", "0", other, BEFORE),
        equalTo("null passed no classes to compare"));
    assertThat(measured("maxBaseline", "0", other, BEFORE), equalTo("null passed no classes"));
    assertThat(
        measured("maxPrice", "9", other, BEFORE), equalTo("null failed the price is unknown"));
    assertThat(
        measured("maxPriceChange", "9", other, BEFORE),
        equalTo("null failed the price is unknown"));
    assertThat(
        measured("maxPriceChange", "0", BEFORE, other),
        equalTo("null passed the price was unknown before"));
  }

  @Test
  void thePriceOfNewExamplesIsNotComparedWithThatOfAllOfThem() {
    DatasetFigures part =
        new DatasetFigures(
            new Manifest.Rows(
                100, 0, new Manifest.Rejected(0, new TreeMap<>()), 0, null, 0, 80L, 11, 9),
            50L,
            2,
            3,
            BEFORE.classes(),
            BEFORE.tokens(),
            BEFORE.lengths(),
            new Manifest.Cost("m", "openai", 3, 1, BigDecimal.ONE, LocalDate.of(2026, 11, 20)),
            true);
    String passed = "null passed only one of the two is of new examples alone";
    assertThat(measured("maxPriceChange", "0", part, BEFORE), equalTo(passed));
    assertThat(measured("maxPriceChange", "0", BEFORE, part), equalTo(passed));
    assertThat(measured("maxPriceChange", "0", part, part), equalTo("0 passed from $1 to $1"));
  }

  @Test
  void thereIsAGateForEachKeyOfTheSection() {
    List<String> keys =
        Stream.of(Recipe.of(Map.of()).gates().getClass().getRecordComponents())
            .map(RecordComponent::getAccessor)
            .filter(key -> key.getAnnotation(Setting.class).group() == Group.GATES)
            .map(key -> key.getName().replaceFirst("gatesM", "m"))
            .toList();
    assertThat(Stream.of(Gate.values()).map(Gate::key).toList(), equalTo(keys));
  }

  @ParameterizedTest
  @CsvSource({
    "maxDuplicates, 0.10004, 0.1, 10.004 %",
    "maxDuplicates, 0.3333, 0.1, 33.3 %",
    "maxPrice, 20.001, 20, $20.001",
    "maxPrice, 1234.5, 20, '$1,234.50'",
    "maxClassDivergence, 0.100001, 0.1, 0.100001",
    "minExamples, 1000, 2000, '1,000'"
  })
  void aFigureHasDecimalsEnoughToTellItFromItsThreshold(
      String key, String figure, String threshold, String shown) {
    Manifest.Gate result =
        new Manifest.Gate(key, new BigDecimal(figure), new BigDecimal(threshold), false, null);
    assertThat(Gate.of(key).orElseThrow().figure(result), equalTo(shown));
  }
}
