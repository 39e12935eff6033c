package dev.tunebeam.transforms.write;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.transforms.sides.SideCounts;
import dev.tunebeam.transforms.write.JobReport.Place;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class JobReportTest {

  private static final String SHA = "0".repeat(64);

  private static JobReport report() {
    SmallDataset dataset = SmallDataset.of(1000);
    return JobReport.of(
        dataset.summary(),
        dataset.plan(0.25),
        List.of(
            file(WrittenFile.Kind.VALIDATION, 2, 0),
            file(WrittenFile.Kind.REJECTED, 0, 0),
            file(WrittenFile.Kind.TRAIN, 2, 0),
            file(WrittenFile.Kind.TRAIN, 1, 1),
            file(WrittenFile.Kind.TRAIN, 1, 0)),
        List.of(new WriteSides.Written(null, new SideCounts(1, 2, 3, 4, 5))),
        0);
  }

  @Test
  void itSaysWhatTheSummarySays() {
    JobReport report = report();

    assertThat(report.read(), equalTo(9L));
    assertThat(report.duplicates(), equalTo(0L));
    assertThat(report.conflicts(), equalTo(1L));
    assertThat(report.cleaned(), equalTo(0L));
    assertThat(report.truncated(), equalTo(0L));
    assertThat(report.rejected(), equalTo(Map.of("ragged_row", 2L)));
    assertThat(report.rejectedTotal(), equalTo(2L));
    assertThat(
        report.places(),
        equalTo(
            List.of(
                new Place("ragged_row", "two.csv", 101, "too short"),
                new Place("ragged_row", "two.csv", 102, "too short"))));
    assertThat(report.emptyFiles(), equalTo(List.of("empty.csv")));
    assertThat(report.tokenCounts(), equalTo(Map.of(14, 5L, 27, 1L, 28, 1L)));
  }

  @Test
  void filesAreInTheOrderOfTheManifest() {
    assertThat(
        report().files().stream().map(WrittenFile::temporaryName).toList(),
        equalTo(
            List.of(
                "train-00001-00000.jsonl",
                "train-00001-00001.jsonl",
                "train-00002-00000.jsonl",
                "validation-00002-00000.jsonl",
                "rejected-00000-00000.jsonl")));
    assertThat(report().records(WrittenFile.Kind.TRAIN), equalTo(9L));
    assertThat(report().records(WrittenFile.Kind.CONFLICTS), equalTo(0L));
  }

  @Test
  void theOrderInWhichFilesComeChangesNothing() {
    JobReport report = report();
    List<WrittenFile> files = new ArrayList<>(report.files());
    Collections.reverse(files);
    SmallDataset dataset = SmallDataset.of(1000);

    assertThat(
        JobReport.of(
            dataset.summary(),
            dataset.plan(0.25),
            files,
            List.of(
                new WriteSides.Written(null, new SideCounts(1, 0, 0, 4, 0)),
                new WriteSides.Written(null, new SideCounts(0, 2, 3, 0, 5))),
            0),
        equalTo(report));
  }

  @Test
  void itComesBackFromJsonAsItWas() throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    report().writeTo(json);
    assertThat(JobReport.readFrom(new ByteArrayInputStream(json.toByteArray())), equalTo(report()));
  }

  private static WrittenFile file(WrittenFile.Kind kind, int shard, int index) {
    return new WrittenFile(
        kind,
        shard,
        index,
        3,
        42,
        SHA,
        7,
        6,
        new TreeMap<>(Map.of("", 1L, "Ünï", 2L)),
        new TreeMap<>());
  }
}
