package dev.tunebeam.pipelines.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.tunebeam.dataset.DatasetDigest;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Manifest.ClassCount;
import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.TrainingCost;
import dev.tunebeam.dataset.terminal.TerminalText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whole reports against the texts in the resources: what a person sees is reviewed as such. */
final class ReportTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 20);
  private static final ModelCatalogue CATALOGUE = ModelCatalogue.standard();

  @Test
  void aClassificationWithRejectedRowsAndManyClasses() {
    assertThat(text(classification(TODAY, CATALOGUE)), is(golden("classification.txt")));
  }

  @Test
  void aDryRunOfFewExamplesForAModelThatIsSwitchedOff() {
    Manifest manifest =
        manifest(
            Format.COMPLETION,
            "davinci-002",
            new Manifest.Rows(6, new Manifest.Rejected(0, new TreeMap<>()), 0, 5, 1),
            new TreeMap<>(),
            4_306,
            900,
            new Manifest.PerExample(700, 850, 1_000, 1_000),
            List.of(),
            Map.of(),
            List.of("6 examples are fewer than the 10 that a provider asks for."));
    Report report =
        new Report(
            manifest,
            CATALOGUE,
            TODAY,
            true,
            "out",
            false,
            Duration.ofMillis(840),
            List.of(),
            List.of(),
            "./tunebeam prepare --input=few.jsonl --output=out",
            false);
    assertThat(text(report), is(golden("dry-run.txt")));
  }

  @Test
  void whenAllRowsAreRejectedNothingIsDividedByNothing() {
    Manifest manifest =
        manifest(
            Format.CHAT,
            "gpt-4.1-mini",
            new Manifest.Rows(
                2, new Manifest.Rejected(2, new TreeMap<>(Map.of("malformed_json", 2L))), 0, 0, 0),
            new TreeMap<>(),
            0,
            0,
            new Manifest.PerExample(0, 0, 0, 0),
            List.of(),
            Map.of(),
            List.of());
    Report report =
        new Report(
            manifest,
            CATALOGUE,
            LocalDate.of(2027, 6, 1),
            true,
            "out",
            false,
            Duration.ofSeconds(3_725),
            List.of(
                new RejectedRow("malformed_json", "a.jsonl:1", "the line ends in a text"),
                new RejectedRow("malformed_json", "a.jsonl:2", "the line ends in a text")),
            List.of(),
            "",
            false);
    assertThat(text(report), is(golden("all-rejected.txt")));
  }

  @Test
  void noLineIsWiderThanTheReport() {
    for (String line : classification(TODAY, CATALOGUE).lines()) {
      assertThat(line, TerminalText.width(line), is(lessThanOrEqualTo(Report.WIDTH)));
    }
  }

  @Test
  void theUsersPricesAreInTheTable() {
    ModelCatalogue own =
        CATALOGUE.overriddenBy(
            """
            models:
              - id: gpt-4.1
                provider: azure
                training: 1.125
                pricesAsOf: 2026-11-19
            """,
            "prices.yaml");
    assertThat(
        classification(TODAY, own).lines(),
        hasItem(
            "     azure      gpt-4.1-2025-04-14       1.125       2   691,356    $0.78  2027-04-13  9,10"));
  }

  @Test
  void aModelWhoseLimitIsBelowTheLongestExampleMayCostLess() {
    ModelCatalogue small =
        CATALOGUE.overriddenBy("models: [{id: gpt-4.1, contextTokens: 1000}]", "prices.yaml");
    assertThat(
        classification(TODAY, small).lines(),
        hasItem("  16  truncates examples to 1,000 tokens and may cost less"));
  }

  @Test
  void itIsPrintedInUtf8WithALineEndAfterEachLine() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    classification(TODAY, CATALOGUE).print(new PrintStream(bytes, true, UTF_8));
    assertThat(
        bytes.toString(UTF_8).replace(System.lineSeparator(), "\n"),
        is(golden("classification.txt")));
  }

  private static Report classification(LocalDate today, ModelCatalogue catalogue) {
    TreeMap<String, ClassCount> classes = new TreeMap<>();
    classes.put("退款 (refund)", new ClassCount(9_000, 1_000));
    classes.put("two\nlines\u001b[31m", new ClassCount(200, 20));
    classes.put("a name so long that nobody would want to see all of it", new ClassCount(150, 15));
    for (int i = 0; i < 20; i++) {
      classes.put(String.format(Locale.ROOT, "class%02d", i), new ClassCount(100 + i, 11));
    }
    List<Manifest.Shard> shards =
        List.of(
            new Manifest.Shard(
                "train", "train-00000-of-00002.jsonl", 8_000, 64_000_000, "1".repeat(64)),
            new Manifest.Shard(
                "train", "train-00001-of-00002.jsonl", 3_540, 1_234_567, "2".repeat(64)),
            new Manifest.Shard(
                "validation", "validation-00000-of-00001.jsonl", 1_255, 999, "3".repeat(64)));
    Manifest manifest =
        manifest(
            Format.CHAT,
            "gpt-4o-mini",
            new Manifest.Rows(
                13_111,
                new Manifest.Rejected(
                    15, new TreeMap<>(Map.of("too_long", 2L, "not_text", 12L, "conflict", 1L))),
                301,
                11_540,
                1_255),
            classes,
            345_678,
            34_567,
            new Manifest.PerExample(12, 30, 60, 1_234),
            shards,
            Map.of("task", "classification", "format", "chat"),
            List.of(
                "The class 'two\nlines' is rare: a model learns little of it, and the share that is"
                    + " held out says little about it."));
    return new Report(
        manifest,
        catalogue,
        today,
        false,
        "out/tickets",
        true,
        Duration.ofMillis(12_340),
        List.of(
            new RejectedRow("not_text", "data/tickets.csv:7", "'answer' is a list, not a text"),
            new RejectedRow("too_long", "data/tickets.csv:19", "the example has 70,000 tokens"),
            new RejectedRow("not_text", "data/tickets.csv:120", "'answer' is null"),
            new RejectedRow(
                "not_text",
                "data/2026/a-folder-with-a-long-name/tickets-of-the-second-half.jsonl:1048576",
                "'answer' is an object with the keys text, language and translation; name one of"
                    + " them in map.completion, for example \"{{answer.text}}\""),
            new RejectedRow("not_text", "data/tickets.csv:200000", "is not shown any more")),
        List.of(),
        "head -n 2 out/tickets/train-00000-of-00002.jsonl",
        true);
  }

  private static Manifest manifest(
      Format format,
      String model,
      Manifest.Rows rows,
      SortedMap<String, ClassCount> classes,
      long trainTokens,
      long validationTokens,
      Manifest.PerExample perExample,
      List<Manifest.Shard> shards,
      Map<String, String> inferred,
      List<String> warnings) {
    return new Manifest(
        format,
        DatasetDigest.of(shards),
        rows,
        shards.isEmpty() ? 0 : 3,
        shards.isEmpty() ? 0 : 1,
        classes,
        new Manifest.Tokens(
            CATALOGUE.find(model).countingEncoding(), trainTokens, validationTokens, perExample),
        TrainingCost.of(
            CATALOGUE.find(model),
            TrainingCost.defaultEpochs(rows.train()),
            trainTokens,
            validationTokens),
        shards,
        new Manifest.Files(
            shards.isEmpty() ? List.of() : List.of("rejected-00000-of-00001.jsonl"), List.of()),
        new Manifest.Inference("", "", false, null),
        inferred,
        warnings,
        Map.of(),
        "0.1.0");
  }

  private static String text(Report report) {
    return report.lines().stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private static String golden(String name) {
    try (InputStream in = ReportTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
