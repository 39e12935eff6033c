package dev.tunebeam.transforms.read;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.tunebeam.transforms.read.input.InputRange;
import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.SourceTestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RowSourceTest {

  private static final ReadOptions OPTIONS = ReadOptions.defaults().withRangeBytes(10);

  private final Path folder;

  RowSourceTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(folder.resolve("a.jsonl"), "{\"x\":\"1\"}\n\n{\"x\":\"2\"}\n17\n");
    Files.writeString(folder.resolve("b.csv"), "x\n3\n4,5\n");
    Files.writeString(folder.resolve("c.csv"), "");
  }

  private InputFiles input() {
    return InputFiles.find(List.of(folder.toString()), OPTIONS);
  }

  /** What the readers of all ranges give. */
  private List<Outcome<Row>> expected() throws IOException {
    List<Outcome<Row>> all = new ArrayList<>();
    for (InputRange range : input().ranges()) {
      try (RangeReader reader = RangeReader.open(range, OPTIONS)) {
        for (Outcome<Row> next = reader.next(); next != null; next = reader.next()) {
          all.add(next);
        }
      }
    }
    assertThat(all, hasSize(10));
    return all;
  }

  @Test
  void theSourceGivesWhatTheRangesGiveInTheirOrder() throws Exception {
    assertThat(
        SourceTestUtils.readFromSource(
            new RowSource(input().ranges(), OPTIONS), PipelineOptionsFactory.create()),
        equalTo(expected()));
  }

  @Test
  void itsPiecesGiveTheSameAndHoldNoMoreThanIsDesired() throws Exception {
    RowSource source = new RowSource(input().ranges(), OPTIONS);

    // Three ranges of JSONL and two whole files.
    assertThat(pieces(source, 1), equalTo(5));
    assertThat(pieces(source, 20), equalTo(4));
    assertThat(pieces(source, Long.MAX_VALUE), equalTo(3));
  }

  private int pieces(RowSource source, long desiredBytes) throws Exception {
    List<Outcome<Row>> all = new ArrayList<>();
    List<RowSource> pieces = source.split(desiredBytes, PipelineOptionsFactory.create());
    for (RowSource piece : pieces) {
      all.addAll(SourceTestUtils.readFromSource(piece, PipelineOptionsFactory.create()));
    }
    assertThat(all, equalTo(expected()));
    return pieces.size();
  }
}
