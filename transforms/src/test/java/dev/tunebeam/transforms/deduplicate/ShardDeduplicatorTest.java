package dev.tunebeam.transforms.deduplicate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.row.RangeStats;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.row.Source;
import dev.tunebeam.transforms.row.Step;
import dev.tunebeam.transforms.shard.ExampleRow;
import dev.tunebeam.transforms.shard.ShardEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ShardDeduplicatorTest {

  @Property
  void theExamplesThatStayAreThoseOfTheNaiveWayInOrder(
      @ForAll(supplier = RandomShards.class) List<ExampleRow> rows,
      @ForAll DedupBy dedupBy,
      @ForAll Conflicts policy,
      @ForAll @IntRange(min = 1, max = 400) int max) {
    DeduplicatedShard result = DeduplicatedShard.of(rows, dedupBy, policy, max);

    List<ChunkContent.Line> lines = new ArrayList<>();
    for (Chunk chunk : result.of(Chunk.Kind.EXAMPLES)) {
      ChunkContent.of(chunk)
          .lines()
          .forEach(l -> lines.add(new ChunkContent.Line(0, l.className(), l.tokens(), l.text())));
    }
    assertThat(
        lines,
        equalTo(
            new NaiveDeduplicator(rows, dedupBy, policy)
                .kept.stream()
                    .map(r -> new ChunkContent.Line(0, r.className(), r.tokens(), r.line()))
                    .toList()));
  }

  @Property
  void theFunnelAddsUpAndEachNumberIsThatOfTheNaiveWay(
      @ForAll(supplier = RandomShards.class) List<ExampleRow> rows,
      @ForAll DedupBy dedupBy,
      @ForAll Conflicts policy) {
    List<byte[]> entries = new ArrayList<>(rows.stream().map(ExampleRow::entry).toList());
    Rejected bad = rejected(new Source(1, 1, 9));
    entries.add(ShardEntry.of(bad));
    long inputRows = rows.stream().filter(row -> row.ordinal() == 0).count() + 1;
    entries.add(ShardEntry.of(new RangeStats(0, 0, inputRows, 7)));
    NaiveDeduplicator naive = new NaiveDeduplicator(rows, dedupBy, policy);

    ShardSummary summary = DeduplicatedShard.of(entries, dedupBy, policy, 100L).summary();

    SortedMap<Reason, Long> rejectedByReason = new TreeMap<>(Map.of(Reason.RAGGED_ROW, 1L));
    if (!naive.rejected.isEmpty()) {
      rejectedByReason.put(Reason.CONFLICT, (long) naive.rejected.size());
    }
    SortedMap<Integer, Long> tokens = new TreeMap<>();
    naive.kept.forEach(row -> tokens.merge(row.tokens(), 1L, Long::sum));
    assertThat(summary.read(), equalTo(rows.size() + 1L));
    assertThat(
        summary.read(), equalTo(summary.kept() + summary.duplicates() + summary.rejectedTotal()));
    assertThat(summary.kept(), equalTo((long) naive.kept.size()));
    assertThat(summary.duplicates(), equalTo((long) naive.duplicates.size()));
    assertThat(summary.rejected(), equalTo(rejectedByReason));
    assertThat(summary.conflicts(), equalTo((long) naive.conflicts.size()));
    assertThat(summary.tokenCounts(), equalTo(tokens));
    assertThat(summary.cleaned(), equalTo(naive.kept.stream().filter(ExampleRow::cleaned).count()));
    assertThat(
        summary.truncated(), equalTo(naive.kept.stream().filter(ExampleRow::truncated).count()));
  }

  @Property
  void theClassesAreThoseOfTheLinesInTheChunksHoweverSmallTheyAre(
      @ForAll(supplier = RandomShards.class) List<ExampleRow> rows,
      @ForAll DedupBy dedupBy,
      @ForAll Conflicts policy,
      @ForAll @IntRange(min = 1, max = 400) int max) {
    SortedMap<String, Long> kept = new TreeMap<>();
    new NaiveDeduplicator(rows, dedupBy, policy)
        .kept.forEach(
            row -> kept.merge(row.className() == null ? "" : row.className(), 1L, Long::sum));

    assertThat(DeduplicatedShard.of(rows, dedupBy, policy, max).summary().classes(), equalTo(kept));
  }

  @Test
  void aShardOfClassesWithNamesAsLongAsTextsIsToldAsThat() {
    List<ExampleRow> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(ExampleRow.of(i, i, i + 1, i + "x".repeat(500_000), "line"));
    }
    ShardSummary summary =
        DeduplicatedShard.of(rows, DedupBy.EXAMPLE, Conflicts.KEEP, 100).summary();
    assertThat(summary.hasTooManyClasses(), equalTo(true));
    assertThat(summary.kept(), equalTo(40L));
  }

  @Property
  void rejectedExamplesAndRowsAreListed(
      @ForAll(supplier = RandomShards.class) List<ExampleRow> rows,
      @ForAll DedupBy dedupBy,
      @ForAll Conflicts policy,
      @ForAll @IntRange(min = 1, max = 400) int max) {
    List<byte[]> entries = new ArrayList<>(rows.stream().map(ExampleRow::entry).toList());
    Rejected bad = rejected(new Source(1, 1, 9));
    entries.add(ShardEntry.of(bad));
    DeduplicatedShard result = DeduplicatedShard.of(entries, dedupBy, policy, (long) max);

    List<String> expected =
        new ArrayList<>(
            new NaiveDeduplicator(rows, dedupBy, policy)
                .rejected.stream()
                    .map(r -> "DEDUPLICATE CONFLICT %s %s".formatted(r.source(), r.line()))
                    .toList());
    expected.add("READ RAGGED_ROW %s %s".formatted(bad.source(), bad.raw()));
    assertThat(
        result.records(Chunk.Kind.REJECTED).stream()
            .map(record -> new ShardEntry(record).rejected())
            .map(
                r ->
                    "%s %s %s %s"
                        .formatted(r.step().name(), r.reason().name(), r.source(), r.raw()))
            .toList(),
        equalTo(expected));
    assertSizes(result.of(Chunk.Kind.REJECTED), max);
  }

  @Property
  void eachConflictIsListedWithItsNumbersAndCompletions(
      @ForAll(supplier = RandomShards.class) List<ExampleRow> rows,
      @ForAll DedupBy dedupBy,
      @ForAll Conflicts policy,
      @ForAll @IntRange(min = 1, max = 400) int max) {
    DeduplicatedShard result = DeduplicatedShard.of(rows, dedupBy, policy, max);

    List<String> expected = new ArrayList<>();
    for (List<ExampleRow> conflict : new NaiveDeduplicator(rows, dedupBy, policy).conflicts) {
      Map<Fingerprint, List<ExampleRow>> byAnswer = new TreeMap<>();
      conflict.forEach(
          row -> byAnswer.computeIfAbsent(row.wholeFingerprint(), w -> new ArrayList<>()).add(row));
      StringBuilder text = new StringBuilder(conflict.size() + " " + byAnswer.size());
      byAnswer
          .values()
          .forEach(
              same ->
                  text.append(
                      String.format(
                          Locale.ROOT,
                          " | %s %d %s",
                          same.get(0).source(),
                          same.size(),
                          same.get(0).line())));
      expected.add(text.toString());
    }
    assertThat(
        result.records(Chunk.Kind.CONFLICTS).stream().map(ShardDeduplicatorTest::text).toList(),
        equalTo(expected));
    assertSizes(result.of(Chunk.Kind.CONFLICTS), max);
  }

  @Test
  void ofTwoExamplesOfOneRowTheFirstIsEarlier() {
    ExampleRow second = new ExampleRow(1, 1, new Source(0, 0, 1), 1, null, 1, false, false, "b");
    for (int answer = 2; answer < 20; answer++) {
      ExampleRow first =
          new ExampleRow(1, answer, new Source(0, 0, 1), 0, null, 1, false, false, "a");
      DeduplicatedShard result =
          DeduplicatedShard.of(List.of(second, first), DedupBy.PROMPT, Conflicts.KEEP, 100);
      assertThat(
          ChunkContent.of(result.of(Chunk.Kind.EXAMPLES).get(0)).lines().get(0).text(),
          equalTo("a"));
    }
  }

  @Test
  void anEmptyShardGivesNoChunk() {
    DeduplicatedShard result =
        DeduplicatedShard.of(List.<byte[]>of(), DedupBy.EXAMPLE, Conflicts.KEEP, 100L);

    assertThat(result.chunks(), empty());
    assertThat(result.summary().read(), equalTo(0L));
  }

  @Test
  void aShardOfCountsAloneGivesItsCounts() {
    List<byte[]> entries =
        List.of(
            ShardEntry.of(new RangeStats(0, 1, 0, 3)),
            ShardEntry.of(new RangeStats(0, 0, 5, 6)),
            ShardEntry.of(new RangeStats(2, 0, 0, 0)));
    DeduplicatedShard result = DeduplicatedShard.of(entries, DedupBy.EXAMPLE, Conflicts.KEEP, 100L);

    assertThat(result.chunks(), empty());
    assertThat(result.summary().read(), equalTo(5L));
    assertThat(
        result.summary().positions(), equalTo(Map.of(0, Map.of(0, 6L, 1, 3L), 2, Map.of(0, 0L))));
    assertThat(result.summary().rowsByFile(), equalTo(Map.of(0, 5L, 2, 0L)));
  }

  @Test
  void everyExampleOfARowIsReadWhetherItIsWrittenADuplicateOrRejected() {
    // One row gave four examples: one is kept, one a duplicate, two were rejected.
    Source row = new Source(0, 0, 1);
    List<byte[]> entries =
        List.of(
            new ExampleRow(1, 1, row, 0, null, 1, false, false, "a").entry(),
            new ExampleRow(1, 1, row, 2, null, 1, false, false, "a").entry(),
            ShardEntry.of(new Rejected(row, 1, Step.NORMALIZE, Reason.BLANK_COMPLETION, "b", "")),
            ShardEntry.of(new Rejected(row, 3, Step.COUNT, Reason.TOO_LONG, "c", "")),
            ShardEntry.of(new RangeStats(0, 0, 1, 1)));
    ShardSummary summary =
        DeduplicatedShard.of(entries, DedupBy.EXAMPLE, Conflicts.KEEP, 100L).summary();

    assertThat(summary.rows(), equalTo(1L));
    assertThat(summary.read(), equalTo(4L));
    assertThat(summary.kept(), equalTo(1L));
    assertThat(summary.duplicates(), equalTo(1L));
    assertThat(summary.rejectedTotal(), equalTo(2L));
  }

  @Test
  void anExampleThatIsRejectedAsAConflictKeepsItsPlaceInTheRow() {
    List<ExampleRow> rows =
        List.of(
            new ExampleRow(1, 1, new Source(0, 0, 1), 2, null, 1, false, false, "a"),
            new ExampleRow(1, 2, new Source(0, 0, 1), 3, null, 1, false, false, "b"));
    DeduplicatedShard result = DeduplicatedShard.of(rows, DedupBy.EXAMPLE, Conflicts.REJECT, 100);

    assertThat(
        result.records(Chunk.Kind.REJECTED).stream()
            .map(record -> new ShardEntry(record).rejected().ordinal())
            .toList(),
        equalTo(List.of(2, 3)));
    assertThat(result.summary().read(), equalTo(2L));
  }

  @Test
  void aMessageSaysHowManyRowsDisagree() {
    List<ExampleRow> rows =
        List.of(
            ExampleRow.of(1, 1, 1, null, "a"),
            ExampleRow.of(1, 1, 2, null, "a"),
            ExampleRow.of(1, 2, 3, null, "b"));
    DeduplicatedShard rejectAll =
        DeduplicatedShard.of(rows, DedupBy.EXAMPLE, Conflicts.REJECT, 1000);
    DeduplicatedShard majority =
        DeduplicatedShard.of(rows, DedupBy.EXAMPLE, Conflicts.MAJORITY, 1000);

    assertThat(messages(rejectAll), hasSize(2));
    assertThat(
        messages(rejectAll).get(0),
        equalTo("3 rows with this prompt have 2 different completions; see the conflicts file"));
    assertThat(messages(majority), hasSize(1));
    assertThat(messages(majority).get(0), containsString("and another one stays"));
  }

  @Test
  void noneOfTheMostFrequentAnswersStaysIfThereAreSeveral() {
    List<ExampleRow> rows =
        List.of(
            ExampleRow.of(1, 1, 1, null, "a"),
            ExampleRow.of(1, 1, 2, null, "a"),
            ExampleRow.of(1, 2, 3, null, "b"),
            ExampleRow.of(1, 2, 4, null, "b"),
            ExampleRow.of(1, 3, 5, null, "c"),
            ExampleRow.of(2, 1, 6, null, "a"));
    DeduplicatedShard result =
        DeduplicatedShard.of(rows, DedupBy.EXAMPLE, Conflicts.MAJORITY, 1000);

    assertThat(result.summary().kept(), equalTo(1L));
    assertThat(result.summary().conflicts(), equalTo(1L));
    assertThat(result.summary().ties(), equalTo(1L));
    assertThat(result.summary().duplicates(), equalTo(2L));
    assertThat(messages(result), hasSize(3));
    assertThat(
        messages(result).get(0),
        equalTo(
            "5 rows with this prompt have 3 different completions, and none is the most frequent;"
                + " see the conflicts file"));
  }

  private static List<String> messages(DeduplicatedShard result) {
    return result.records(Chunk.Kind.REJECTED).stream()
        .map(record -> new ShardEntry(record).rejected().message())
        .toList();
  }

  private static void assertSizes(List<Chunk> chunks, int max) {
    for (Chunk chunk : chunks) {
      assertThat(
          chunk.records().size() == 1 ? max : chunk.bodyBytes().length,
          anyOf(lessThanOrEqualTo(max)));
    }
  }

  private static Rejected rejected(Source source) {
    return new Rejected(source, Step.READ, Reason.RAGGED_ROW, "message", "a,b,c");
  }

  private static String text(byte[] record) {
    ConflictRecord conflict = ConflictRecord.decode(record);
    StringBuilder text = new StringBuilder(conflict.rows() + " " + conflict.completions());
    conflict
        .listed()
        .forEach(
            one ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        " | %s %d %s",
                        one.source(),
                        one.rows(),
                        new String(one.line(), UTF_8))));
    return text.toString();
  }
}
