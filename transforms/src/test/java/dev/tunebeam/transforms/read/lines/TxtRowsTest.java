package dev.tunebeam.transforms.read.lines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import dev.tunebeam.transforms.read.InputFiles;
import dev.tunebeam.transforms.read.Reading;
import dev.tunebeam.transforms.read.input.InputFormat;
import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.row.RangeStats;
import dev.tunebeam.transforms.row.Row;
import dev.tunebeam.transforms.row.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TxtRowsTest {

  @Test
  void eachLineThatIsNotBlankIsACompletionAsItStands() {
    Reading reading =
        Reading.of(InputFormat.TXT, "\uFEFFErste Zeile\r\n\n \t\n  \"quoted\", [x] {y}  \nlast");

    assertThat(
        reading.rows(),
        contains(
            new Row(new Source(0, 0, 1), "Erste Zeile", Map.of("completion", "Erste Zeile")),
            new Row(
                new Source(0, 0, 4),
                "  \"quoted\", [x] {y}  ",
                Map.of("completion", "  \"quoted\", [x] {y}  ")),
            new Row(new Source(0, 0, 5), "last", Map.of("completion", "last"))));
    assertThat(reading.rejected(), empty());
    assertThat(reading.stats(), equalTo(new RangeStats(0, 0, 3, 5)));
  }

  @Test
  void aLineThatIsTooLongOrNoTextCostsItself() {
    byte[] text = "good\nxx\u00e9\n0123456789\ngood\n".getBytes(StandardCharsets.ISO_8859_1);
    Reading reading =
        Reading.of(Reading.whole(InputFormat.TXT), ReadOptions.defaults().withMaxRowBytes(9), text);

    assertThat(reading.positions(), contains(1, 4));
    assertThat(
        reading.rejections(),
        contains(
            "2 bad_encoding: byte 0xE9, number 3 of the row, is not UTF-8; if the file is in"
                + " another charset, name it with the setting charset",
            "3 row_too_large: the row is longer than maxRowBytes, 9 bytes"));
  }

  @Test
  void aLargeFileIsReadInRangesAndEachLineOnce(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("in.txt");
    List<String> lines = IntStream.range(0, 1000).mapToObj(i -> "x".repeat(i % 37) + i).toList();
    Files.write(file, lines);
    ReadOptions options = ReadOptions.defaults().withRangeBytes(100);

    assertThat(InputFiles.find(List.of(file.toString()), options).ranges().size(), greaterThan(99));
    assertThat(
        Reading.ofFile(file, options).fields().stream().map(row -> row.get("completion")).toList(),
        equalTo(lines));
  }
}
