package dev.tunebeam.transforms.read;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.RangeStats;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.row.Row;
import dev.tunebeam.transforms.row.Source;
import dev.tunebeam.transforms.row.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReadRowsTest {

  private static final Path CORPORA = Path.of("../../shared/data");

  private final Path folder;

  ReadRowsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aPipelineGivesRowsRejectionsAndCountsOfEveryRange() throws IOException {
    Files.writeString(folder.resolve("a.jsonl"), "{\"x\":\"1\"}\n\n{\"x\":\"2\"}\n17\n");
    Files.writeString(folder.resolve("b.csv"), "x\n3\n");
    ReadOptions options = ReadOptions.defaults().withRangeBytes(10);
    InputFiles input = InputFiles.find(List.of(folder.toString()), options);
    Pipeline pipeline = Pipeline.create();

    PAssert.that(pipeline.apply("Read", ReadRows.of(input.ranges(), options)))
        .containsInAnyOrder(
            List.of(
                Outcome.of(new Row(new Source(0, 0, 1), "{\"x\":\"1\"}", Map.of("x", "1"))),
                Outcome.stats(new RangeStats(0, 0, 1, 1)),
                Outcome.of(new Row(new Source(0, 1, 2), "{\"x\":\"2\"}", Map.of("x", "2"))),
                Outcome.stats(new RangeStats(0, 1, 1, 2)),
                Outcome.rejected(
                    new Rejected(
                        new Source(0, 2, 1),
                        Step.READ,
                        Reason.NOT_AN_OBJECT,
                        "a JSON object is expected, this is a number",
                        "17")),
                Outcome.stats(new RangeStats(0, 2, 1, 1)),
                Outcome.of(new Row(new Source(1, 0, 2), "3", Map.of("x", "3"))),
                Outcome.stats(new RangeStats(1, 0, 1, 2))));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aRealCsvWithLineBreaksInQuotesIsReadWhole() {
    List<Row> rows = corpus("banking77-train.csv", 10_003);

    Set<Object> categories =
        rows.stream().map(row -> row.fields().get("category")).collect(Collectors.toSet());
    assertThat(categories.size(), equalTo(77));
    assertThat(
        rows.stream().filter(row -> String.valueOf(row.fields().get("text")).contains("\n")).count()
            > 0,
        equalTo(true));
    assertThat(
        rows.get(0).fields(),
        equalTo(Map.of("text", "I am still waiting on my card?", "category", "card_arrival")));
  }

  @Test
  void realJsonArraysAreReadWhole() {
    List<Row> rows = corpus("alpaca_en_demo.json", 999);

    assertThat(
        new HashSet<>(rows.get(998).fields().keySet()),
        equalTo(Set.of("instruction", "input", "output")));
    corpus("dpo_en_demo.json", 300);
    corpus("glaive_toolcall_en_demo.json", 300);
  }

  /** All rows of a public corpus beside the repository; every row is good. */
  private static List<Row> corpus(String name, int count) {
    Path file = CORPORA.resolve(name);
    Assumptions.assumeTrue(Files.exists(file));
    List<Row> rows = Reading.ofFile(file, ReadOptions.defaults()).rows();
    assertThat(rows.size(), equalTo(count));
    return rows;
  }
}
