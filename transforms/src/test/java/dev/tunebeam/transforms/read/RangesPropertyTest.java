package dev.tunebeam.transforms.read;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.transforms.read.input.Compression;
import dev.tunebeam.transforms.read.input.InputFile;
import dev.tunebeam.transforms.read.input.InputFormat;
import dev.tunebeam.transforms.read.input.InputRange;
import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.row.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class RangesPropertyTest {

  @Provide
  Arbitrary<String> jsonl() {
    Arbitrary<String> text =
        Arbitraries.of("a", "é", "漢", "😀", " ", ",")
            .list()
            .ofMaxSize(12)
            .map(parts -> String.join("", parts));
    Arbitrary<String> line =
        Arbitraries.oneOf(
            text.map(value -> "{\"a\":\"" + value + "\"}"),
            Arbitraries.of("", "  ", "{", "17", "\r", "{\"a\":\"" + "x".repeat(40) + "\"}"));
    Arbitrary<String> lines =
        Combinators.combine(line, Arbitraries.of("\n", "\r\n")).as((l, end) -> l + end);
    return Combinators.combine(
            Arbitraries.of("", "\uFEFF"),
            lines.list().ofMaxSize(12).map(all -> String.join("", all)),
            Arbitraries.of("", "{\"last\":1}"))
        .as((mark, all, last) -> mark + all + last);
  }

  @Property(tries = 500)
  void anyRangesGiveTheRowsAndPositionsOfTheWholeFile(
      @ForAll("jsonl") String text, @ForAll @IntRange(min = 1, max = 70) int rangeBytes) {
    byte[] file = text.getBytes(StandardCharsets.UTF_8);

    assertThat(outcomes(file, rangeBytes), equalTo(outcomes(file, 1L << 40)));
  }

  /** All that comes out, by its position in the file, and the totals. */
  private static List<String> outcomes(byte[] file, long rangeBytes) {
    ReadOptions options = ReadOptions.defaults().withRangeBytes(rangeBytes).withMaxRowBytes(32);
    InputFile input =
        new InputFile(
            Reading.PATH, file.length, InputFormat.JSONL, Compression.NONE, "UTF-8", true);
    List<String> outcomes = new ArrayList<>();
    long base = 0;
    long rows = 0;
    for (InputRange range : new InputFiles(List.of(input), options).ranges()) {
      Reading reading = Reading.of(range, options, file);
      for (Row row : reading.rows()) {
        outcomes.add(base + row.source().row() + " " + row.raw() + row.fields());
      }
      for (Rejected row : reading.rejected()) {
        outcomes.add(base + row.source().row() + " " + row.raw() + row.message());
      }
      base += reading.stats().positions();
      rows += reading.stats().rows();
    }
    outcomes.sort(null);
    outcomes.add(rows + " rows on " + base + " lines");
    return outcomes;
  }
}
