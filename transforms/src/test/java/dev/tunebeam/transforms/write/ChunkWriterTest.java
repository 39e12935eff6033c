package dev.tunebeam.transforms.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import dev.tunebeam.transforms.deduplicate.Chunk;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.row.Source;
import dev.tunebeam.transforms.row.Step;
import dev.tunebeam.transforms.shard.ShardEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.util.SerializableUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkWriterTest {

  private static final int NO_LIMIT = Integer.MAX_VALUE;

  @Test
  void everyFileHasExactlyTheseBytes(@TempDir Path folder) throws IOException {
    SmallDataset dataset = SmallDataset.of(1000);
    write(dataset, 0.25, folder.toString(), NO_LIMIT);

    assertThat(
        content(folder),
        equalTo(
            Map.of(
                "train-00002-00000.jsonl",
                """
                {"prompt":"4"}
                {"prompt":"3"}
                {"prompt":"6","answer":"é"}
                {"prompt":"6","answer":"no"}
                {"prompt":"2"}
                """,
                "validation-00002-00000.jsonl",
                """
                {"prompt":"5"}
                {"prompt":"1"}
                """,
                "rejected-00002-00000.jsonl",
                """
                {"step":"read","reason":"ragged_row","message":"too short","file":"two.csv","position":101,"raw":"second row\\u0000"}
                {"step":"read","reason":"ragged_row","message":"too short","file":"two.csv","position":102,"raw":"third \\"row\\""}
                """,
                "conflicts-00002-00000.jsonl",
                """
                {"rows":2,"completions":2,"examples":[{"file":"one.csv","position":6,"rows":1,"example":{"prompt":"6","answer":"é"}},{"file":"one.csv","position":7,"rows":1,"example":{"prompt":"6","answer":"no"}}]}
                """)));
  }

  @Test
  void whatIsReportedIsWhatIsInTheFiles(@TempDir Path folder)
      throws IOException, GeneralSecurityException {
    for (int maxChunkBytes : new int[] {1, 30, 1000}) {
      Path target = Files.createDirectory(folder.resolve("chunks-of-" + maxChunkBytes));
      List<WrittenFile> files =
          write(SmallDataset.of(maxChunkBytes), 0.25, target.toString(), NO_LIMIT);

      SortedMap<String, String> reported = new TreeMap<>();
      SortedMap<String, String> found = new TreeMap<>();
      for (WrittenFile file : files) {
        reported.put(
            file.temporaryName(),
            String.format(Locale.ROOT, "%d %d %s", file.records(), file.bytes(), file.sha256()));
      }
      for (Map.Entry<String, String> file : content(target).entrySet()) {
        byte[] bytes = file.getValue().getBytes(UTF_8);
        String sha256 =
            HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        found.put(
            file.getKey(),
            String.format(
                Locale.ROOT, "%d %d %s", file.getValue().lines().count(), bytes.length, sha256));
      }
      assertThat(found, equalTo(reported));
    }
  }

  @Test
  void rejectedRowsAreInTheOrderOfTheInputWhateverRejectedThem(@TempDir Path folder)
      throws IOException {
    // Deduplication comes to its conflicts before it comes to the rows that others rejected.
    List<byte[]> records =
        List.of(
            rejected(new Source(1, 0, 1)),
            rejected(new Source(0, 0, 3)),
            rejected(new Source(0, 0, 2), 1),
            rejected(new Source(0, 0, 2)));
    Chunk chunk = Chunk.of(0, 0, Chunk.Kind.REJECTED, records);
    new ChunkWriter(SmallDataset.of(1000).plan(0), folder.toString(), NO_LIMIT).write(chunk);

    assertThat(
        content(folder)
            .values()
            .iterator()
            .next()
            .lines()
            .map(l -> l.substring(l.indexOf("\"position\"")))
            .toList(),
        equalTo(
            List.of(
                "\"position\":2,\"raw\":\"0 2\"}",
                "\"position\":2,\"example\":2,\"raw\":\"0 2\"}",
                "\"position\":3,\"raw\":\"0 3\"}",
                "\"position\":1,\"raw\":\"1 1\"}")));
  }

  @Test
  void aDryRunReportsTheSameAndWritesNothing(@TempDir Path folder) throws IOException {
    for (int maxChunkBytes : new int[] {1, 1000}) {
      SmallDataset dataset = SmallDataset.of(maxChunkBytes);
      Path target = Files.createDirectory(folder.resolve("chunks-of-" + maxChunkBytes));

      assertThat(
          write(dataset, 0.25, null, NO_LIMIT),
          equalTo(write(dataset, 0.25, target.toString(), NO_LIMIT)));
    }
  }

  @Test
  void classesTokensAndBilledTokensAreCountedForEachSplit() throws IOException {
    // A line of n characters has n tokens here: four of 14, one of 14, 27 and 28.
    List<WrittenFile> files = write(SmallDataset.of(1000), 0.25, null, 20);
    WrittenFile train = only(files, WrittenFile.Kind.TRAIN);
    WrittenFile validation = only(files, WrittenFile.Kind.VALIDATION);

    assertThat(train.classes(), equalTo(Map.of("a", 3L, "", 2L)));
    assertThat(validation.classes(), equalTo(Map.of("a", 1L, "", 1L)));
    assertThat(train.records() + validation.records(), equalTo(7L));
    assertThat(train.tokens(), equalTo(3 * 14L + 27 + 28));
    assertThat(train.billableTokens(), equalTo(3 * 14L + 20 + 20));
    assertThat(validation.tokens(), equalTo(2 * 14L));
    assertThat(validation.billableTokens(), equalTo(2 * 14L));
  }

  @Test
  void withoutAShareThereIsNoValidationFile() throws IOException {
    List<WrittenFile> files = write(SmallDataset.of(1000), 0, null, NO_LIMIT);

    assertThat(
        files.stream().filter(f -> f.kind() == WrittenFile.Kind.VALIDATION).toList(), empty());
    assertThat(only(files, WrittenFile.Kind.TRAIN).records(), equalTo(7L));
  }

  @Test
  void thePiecesOfASpanningPromptAreInOneSplit() throws IOException {
    for (double share : new double[] {0.1, 0.5, 0.9}) {
      SmallDataset dataset = SmallDataset.of(1);
      assertThat(dataset.summary().spanning().size(), equalTo(1));
      List<WrittenFile> unlabelled =
          write(dataset, share, null, NO_LIMIT).stream()
              .filter(file -> file.classes().containsKey("") && file.tokens() > 20)
              .toList();

      assertThat(unlabelled.stream().map(WrittenFile::kind).distinct().count(), equalTo(1L));
      assertThat(unlabelled.size(), equalTo(2));
    }
  }

  @Test
  void writingAgainGivesTheSameBytes(@TempDir Path folder) throws IOException {
    SmallDataset dataset = SmallDataset.of(40);
    WritePlan plan = dataset.plan(0.25);
    write(dataset, 0.25, folder.toString(), NO_LIMIT);
    SortedMap<String, String> once = content(folder);
    ChunkWriter again = new ChunkWriter(SerializableUtils.clone(plan), folder.toString(), NO_LIMIT);
    for (Chunk chunk : dataset.chunks()) {
      again.write(chunk);
    }

    assertThat(once.size(), greaterThan(4));
    assertThat(content(folder), equalTo(once));
  }

  private static List<WrittenFile> write(
      SmallDataset dataset, double validation, @Nullable String folder, int limit)
      throws IOException {
    ChunkWriter writer = new ChunkWriter(dataset.plan(validation), folder, limit);
    List<WrittenFile> files = new ArrayList<>();
    for (Chunk chunk : dataset.chunks()) {
      files.addAll(writer.write(chunk));
    }
    return files;
  }

  private static byte[] rejected(Source source) {
    return rejected(source, 0);
  }

  private static byte[] rejected(Source source, int ordinal) {
    return ShardEntry.of(
        new Rejected(
            source,
            ordinal,
            Step.DEDUPLICATE,
            Reason.CONFLICT,
            "message",
            source.file() + " " + source.row()));
  }

  private static WrittenFile only(List<WrittenFile> files, WrittenFile.Kind kind) {
    List<WrittenFile> found = files.stream().filter(file -> file.kind() == kind).toList();
    assertThat(found.size(), equalTo(1));
    return found.get(0);
  }

  private static SortedMap<String, String> content(Path folder) throws IOException {
    SortedMap<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        content.put(String.valueOf(file.getFileName()), Files.readString(file));
      }
    }
    return content;
  }
}
