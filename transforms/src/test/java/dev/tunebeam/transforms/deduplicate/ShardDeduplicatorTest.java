package dev.tunebeam.transforms.deduplicate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.read.RangeStats;
import dev.tunebeam.transforms.read.Source;
import dev.tunebeam.transforms.reject.Reason;
import dev.tunebeam.transforms.reject.Rejected;
import dev.tunebeam.transforms.reject.Step;
import dev.tunebeam.transforms.shard.ExampleRow;
import dev.tunebeam.transforms.shard.ShardEntry;
import dev.tunebeam.transforms.split.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ShardDeduplicatorTest {

  private static final int SHARD = 3;

  /** Rows of few prompts, answers and classes, in any order of sources. */
  @Provide
  Arbitrary<List<ExampleRow>> shards() {
    Arbitrary<ExampleRow> row =
        Combinators.combine(
                Arbitraries.integers().between(0, 4),
                Arbitraries.integers().between(0, 3),
                Arbitraries.of("", " ", "a", "b").injectNull(0.2),
                Arbitraries.integers().between(0, 5),
                Arbitraries.of(true, false),
                Arbitraries.of(true, false),
                Arbitraries.integers().between(0, 30))
            .as(
                (prompt, answer, className, tokens, cleaned, truncated, length) ->
                    new ExampleRow(
                        prompt,
                        answer,
                        new Source(0, 0, 0),
                        0,
                        className,
                        tokens,
                        cleaned,
                        truncated,
                        "x".repeat(length)));
    return row.list()
        .ofMaxSize(25)
        .flatMap(
            rows ->
                Arbitraries.shuffle(IntStream.range(0, rows.size()).boxed().toList())
                    .map(order -> place(rows, order)));
  }

  /** Gives each row a place of its own: two files, two ranges, and two examples of a row. */
  private static List<ExampleRow> place(List<ExampleRow> rows, List<Integer> order) {
    List<ExampleRow> placed = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      ExampleRow row = rows.get(i);
      int at = order.get(i);
      placed.add(
          new ExampleRow(
              row.prompt(),
              row.answer(),
              new Source(at % 2, at / 2 % 2, at / 8 + 1),
              at / 4 % 2,
              row.className(),
              row.tokens(),
              row.cleaned(),
              row.truncated(),
              "line %d %s".formatted(at, row.line())));
    }
    return placed;
  }

  private record Result(List<Chunk> chunks, ShardSummary summary) {

    List<Chunk> of(Chunk.Kind kind) {
      return chunks.stream().filter(chunk -> chunk.kind() == kind).toList();
    }

    List<byte[]> records(Chunk.Kind kind) {
      return of(kind).stream().flatMap(chunk -> ChunkContent.records(chunk).stream()).toList();
    }
  }

  private static Result run(
      List<byte[]> entries, DedupBy dedupBy, Conflicts policy, long maxChunkBytes) {
    List<byte[]> sorted = new ArrayList<>(entries);
    sorted.sort(Arrays::compareUnsigned);
    List<Chunk> chunks = new ArrayList<>();
    ShardSummary summary =
        new ShardDeduplicator(SHARD, dedupBy, policy, maxChunkBytes, chunks::add)
            .deduplicate(sorted);
    return new Result(chunks, summary);
  }

  private static Result run(List<ExampleRow> rows, DedupBy dedupBy, Conflicts policy, int max) {
    return run(rows.stream().map(ExampleRow::entry).toList(), dedupBy, policy, (long) max);
  }

  @Property
  void theExamplesThatStayAreThoseOfTheNaiveWayInOrder(
      @ForAll("shards") List<ExampleRow> rows,
      @ForAll DedupBy dedupBy,
      @ForAll Conflicts policy,
      @ForAll @IntRange(min = 1, max = 400) int max) {
    Result result = run(rows, dedupBy, policy, max);

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
      @ForAll("shards") List<ExampleRow> rows, @ForAll DedupBy dedupBy, @ForAll Conflicts policy) {
    List<byte[]> entries = new ArrayList<>(rows.stream().map(ExampleRow::entry).toList());
    Rejected bad = rejected(new Source(1, 1, 9));
    entries.add(ShardEntry.of(bad));
    long inputRows = rows.stream().filter(row -> row.ordinal() == 0).count() + 1;
    entries.add(ShardEntry.of(new RangeStats(0, 0, inputRows, 7)));
    NaiveDeduplicator naive = new NaiveDeduplicator(rows, dedupBy, policy);

    ShardSummary summary = run(entries, dedupBy, policy, 100L).summary();

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
  void rejectedExamplesAndRowsAreListed(
      @ForAll("shards") List<ExampleRow> rows,
      @ForAll DedupBy dedupBy,
      @ForAll Conflicts policy,
      @ForAll @IntRange(min = 1, max = 400) int max) {
    List<byte[]> entries = new ArrayList<>(rows.stream().map(ExampleRow::entry).toList());
    Rejected bad = rejected(new Source(1, 1, 9));
    entries.add(ShardEntry.of(bad));
    Result result = run(entries, dedupBy, policy, (long) max);

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
      @ForAll("shards") List<ExampleRow> rows,
      @ForAll DedupBy dedupBy,
      @ForAll Conflicts policy,
      @ForAll @IntRange(min = 1, max = 400) int max) {
    Result result = run(rows, dedupBy, policy, max);

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
                      " | %s %d %s"
                          .formatted(same.get(0).source(), same.size(), same.get(0).line())));
      expected.add(text.toString());
    }
    assertThat(
        result.records(Chunk.Kind.CONFLICTS).stream().map(ShardDeduplicatorTest::text).toList(),
        equalTo(expected));
    assertSizes(result.of(Chunk.Kind.CONFLICTS), max);
  }

  @Property
  void chunksAreWithinTheLimitNumberedAndNeverEmpty(
      @ForAll("shards") List<ExampleRow> rows,
      @ForAll DedupBy dedupBy,
      @ForAll Conflicts policy,
      @ForAll @IntRange(min = 1, max = 400) int max) {
    Result result = run(rows, dedupBy, policy, max);

    for (Chunk.Kind kind : Chunk.Kind.values()) {
      List<Chunk> chunks = result.of(kind);
      for (int i = 0; i < chunks.size(); i++) {
        assertThat(chunks.get(i).index(), equalTo(i));
        assertThat(chunks.get(i).shard(), equalTo(SHARD));
        assertThat(chunks.get(i).body().length, not(equalTo(0)));
      }
    }
    for (Chunk chunk : result.of(Chunk.Kind.EXAMPLES)) {
      List<ChunkContent.Line> lines = ChunkContent.of(chunk).lines();
      int bytes = lines.stream().mapToInt(line -> line.text().length() + 1).sum();
      // A single line may be larger than a chunk.
      assertThat(lines.toString(), lines.size() == 1 ? max : bytes, lessThanOrEqualTo(max));
    }
  }

  @Property
  void aPromptThatFitsIntoAChunkIsInOneAndHasASignatureAndRank(
      @ForAll("shards") List<ExampleRow> rows,
      @ForAll DedupBy dedupBy,
      @ForAll Conflicts policy,
      @ForAll @IntRange(min = 1, max = 200) int max) {
    Result result = run(rows, dedupBy, policy, max);

    Map<String, ChunkContent.Group> groups = new HashMap<>();
    for (Chunk chunk : result.of(Chunk.Kind.EXAMPLES)) {
      ChunkContent content = ChunkContent.of(chunk);
      content.lines().forEach(line -> groups.put(line.text(), content.groups().get(line.group())));
      assertThat(
          "groups in use",
          content.lines().stream().map(ChunkContent.Line::group).distinct().toList(),
          equalTo(IntStream.range(0, content.groups().size()).boxed().toList()));
    }
    SortedMap<Signature, Integer> ranks = new TreeMap<>();
    SortedMap<Fingerprint, Signature> spanning = new TreeMap<>();
    for (List<ExampleRow> prompt : keptByPrompt(rows, dedupBy, policy)) {
      Signature signature = signature(prompt);
      int bytes = prompt.stream().mapToInt(row -> row.line().length() + 1).sum();
      Fingerprint fingerprint = prompt.get(0).promptFingerprint();
      ChunkContent.Group expected;
      if (bytes <= max || prompt.size() == 1) {
        expected =
            new ChunkContent.Group(signature, ranks.merge(signature, 1, Integer::sum) - 1, null);
      } else {
        spanning.put(fingerprint, signature);
        expected = new ChunkContent.Group(null, 0, fingerprint);
      }
      for (ExampleRow row : prompt) {
        assertThat(groups.get(row.line()), equalTo(expected));
      }
    }
    SortedMap<Signature, SortedMap<Integer, Integer>> strata = new TreeMap<>();
    ranks.forEach((signature, count) -> strata.put(signature, new TreeMap<>(Map.of(SHARD, count))));
    assertThat(result.summary().strata(), equalTo(strata));
    assertThat(result.summary().spanning(), equalTo(spanning));
  }

  @Property
  void aChunkKnowsTheClassesAndSignaturesOfItsExamplesAlone(
      @ForAll("shards") List<ExampleRow> rows, @ForAll @IntRange(min = 1, max = 200) int max) {
    for (Chunk chunk : run(rows, DedupBy.EXAMPLE, Conflicts.KEEP, max).of(Chunk.Kind.EXAMPLES)) {
      ChunkContent content = ChunkContent.of(chunk);
      assertThat(
          chunk.classes(),
          equalTo(
              content.lines().stream()
                  .map(ChunkContent.Line::className)
                  .filter(Objects::nonNull)
                  .distinct()
                  .toList()));
      assertThat(
          chunk.signatures(),
          equalTo(
              content.groups().stream()
                  .map(ChunkContent.Group::signature)
                  .filter(Objects::nonNull)
                  .distinct()
                  .toList()));
    }
  }

  @Test
  void aPromptLargerThanAChunkSpansSeveralWhereverItStands() {
    // Lines of 9 bytes and a line end: three in a chunk of 30.
    for (int before = 0; before < 5; before++) {
      for (int after = 0; after < 3; after++) {
        for (int size = 4; size < 9; size++) {
          assertSpanning(before, size, after);
        }
      }
    }
  }

  private static void assertSpanning(int before, int size, int after) {
    int[] prompts = IntStream.range(0, before + 1 + after).toArray();
    List<Integer> order =
        IntStream.of(prompts).boxed().sorted((a, b) -> prompt(a).compareTo(prompt(b))).toList();
    List<ExampleRow> rows = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      for (int j = 0; j < (i == before ? size : 1); j++) {
        int row = rows.size() + 1;
        rows.add(ExampleRow.of(order.get(i), j, row, "c" + j, "%09d".formatted(row)));
      }
    }
    Result result = run(rows, DedupBy.EXAMPLE, Conflicts.KEEP, 30);

    Fingerprint spanning = prompt(order.get(before));
    List<String> large =
        rows.stream().filter(r -> r.prompt() == order.get(before)).map(ExampleRow::line).toList();
    List<String> found = new ArrayList<>();
    for (Chunk chunk : result.of(Chunk.Kind.EXAMPLES)) {
      ChunkContent content = ChunkContent.of(chunk);
      for (ChunkContent.Line line : content.lines()) {
        if (spanning.equals(content.groups().get(line.group()).spanning())) {
          found.add(line.text());
        } else {
          assertThat(
              content.groups().get(line.group()).signature(), equalTo(Signature.single("c0")));
        }
      }
    }
    assertThat(found.stream().sorted().toList(), equalTo(large));
    assertThat(result.summary().spanning().keySet(), equalTo(java.util.Set.of(spanning)));
    assertThat(result.summary().kept(), equalTo((long) rows.size()));
  }

  private static Fingerprint prompt(int number) {
    return ExampleRow.of(number, 0, 0, null, "").promptFingerprint();
  }

  @Test
  void ofTwoExamplesOfOneRowTheFirstIsEarlier() {
    ExampleRow second = new ExampleRow(1, 1, new Source(0, 0, 1), 1, null, 1, false, false, "b");
    for (int answer = 2; answer < 20; answer++) {
      ExampleRow first =
          new ExampleRow(1, answer, new Source(0, 0, 1), 0, null, 1, false, false, "a");
      for (Conflicts policy : List.of(Conflicts.KEEP, Conflicts.MAJORITY)) {
        Result result = run(List.of(second, first), DedupBy.PROMPT, policy, 100);
        assertThat(
            ChunkContent.of(result.of(Chunk.Kind.EXAMPLES).get(0)).lines().get(0).text(),
            equalTo("a"));
      }
    }
  }

  @Test
  void anEmptyShardGivesNoChunk() {
    Result result = run(List.<byte[]>of(), DedupBy.EXAMPLE, Conflicts.KEEP, 100L);

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
    Result result = run(entries, DedupBy.EXAMPLE, Conflicts.KEEP, 100L);

    assertThat(result.chunks(), empty());
    assertThat(result.summary().read(), equalTo(5L));
    assertThat(
        result.summary().positions(), equalTo(Map.of(0, Map.of(0, 6L, 1, 3L), 2, Map.of(0, 0L))));
    assertThat(result.summary().rowsByFile(), equalTo(Map.of(0, 5L, 2, 0L)));
  }

  @Test
  void aMessageSaysHowManyRowsDisagree() {
    List<ExampleRow> rows =
        List.of(
            ExampleRow.of(1, 1, 1, null, "a"),
            ExampleRow.of(1, 1, 2, null, "a"),
            ExampleRow.of(1, 2, 3, null, "b"));
    Result rejectAll = run(rows, DedupBy.EXAMPLE, Conflicts.REJECT, 1000);
    Result majority = run(rows, DedupBy.EXAMPLE, Conflicts.MAJORITY, 1000);

    assertThat(messages(rejectAll), hasSize(2));
    assertThat(
        messages(rejectAll).get(0),
        equalTo("3 rows with this prompt have 2 different completions; see the conflicts file"));
    assertThat(messages(majority), hasSize(1));
    assertThat(messages(majority).get(0), containsString("and most have another one"));
  }

  private static List<String> messages(Result result) {
    return result.records(Chunk.Kind.REJECTED).stream()
        .map(record -> new ShardEntry(record).rejected().message())
        .toList();
  }

  private static List<List<ExampleRow>> keptByPrompt(
      List<ExampleRow> rows, DedupBy dedupBy, Conflicts policy) {
    Map<Integer, List<ExampleRow>> byPrompt = new LinkedHashMap<>();
    for (ExampleRow row : new NaiveDeduplicator(rows, dedupBy, policy).kept) {
      byPrompt.computeIfAbsent(row.prompt(), p -> new ArrayList<>()).add(row);
    }
    return List.copyOf(byPrompt.values());
  }

  private static Signature signature(List<ExampleRow> prompt) {
    SortedMap<String, Integer> classes = new TreeMap<>();
    prompt.forEach(
        row -> classes.merge(Objects.requireNonNullElse(row.className(), ""), 1, Integer::sum));
    return new Signature(List.copyOf(classes.keySet()), List.copyOf(classes.values()));
  }

  private static void assertSizes(List<Chunk> chunks, int max) {
    for (Chunk chunk : chunks) {
      assertThat(
          ChunkContent.records(chunk).size() == 1 ? max : chunk.body().length,
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
                    " | %s %d %s"
                        .formatted(
                            one.source(),
                            one.rows(),
                            new String(one.line(), java.nio.charset.StandardCharsets.UTF_8))));
    return text.toString();
  }
}
