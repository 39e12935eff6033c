package dev.tunebeam.transforms.deduplicate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.shard.ExampleRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ExampleChunksTest {

  @Property
  void chunksAreWithinTheLimitNumberedAndNeverEmpty(
      @ForAll(supplier = RandomShards.class) List<ExampleRow> rows,
      @ForAll DedupBy dedupBy,
      @ForAll Conflicts policy,
      @ForAll @IntRange(min = 1, max = 400) int max) {
    DeduplicatedShard result = DeduplicatedShard.of(rows, dedupBy, policy, max);

    for (Chunk.Kind kind : Chunk.Kind.values()) {
      List<Chunk> chunks = result.of(kind);
      for (int i = 0; i < chunks.size(); i++) {
        assertThat(chunks.get(i).index(), equalTo(i));
        assertThat(chunks.get(i).shard(), equalTo(DeduplicatedShard.SHARD));
        assertThat(chunks.get(i).bodyBytes().length, not(equalTo(0)));
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
  void theMemoryOfOneShardServesTheNext(
      @ForAll(supplier = RandomShards.class) List<ExampleRow> first,
      @ForAll(supplier = RandomShards.class) List<ExampleRow> second,
      @ForAll @IntRange(min = 1, max = 400) int max) {
    Chunk.Builder builder = new Chunk.Builder();
    for (List<ExampleRow> rows : List.of(first, second, first)) {
      List<byte[]> entries = rows.stream().map(ExampleRow::entry).toList();
      DeduplicatedShard shared =
          DeduplicatedShard.of(entries, DedupBy.EXAMPLE, Conflicts.KEEP, max, builder);

      assertThat(
          shared.of(Chunk.Kind.EXAMPLES).stream().map(ChunkContent::of).toList(),
          equalTo(
              DeduplicatedShard.of(rows, DedupBy.EXAMPLE, Conflicts.KEEP, max)
                  .of(Chunk.Kind.EXAMPLES)
                  .stream()
                  .map(ChunkContent::of)
                  .toList()));
    }
  }

  @Property
  void aPromptThatFitsIntoAChunkIsInOneAndHasASignatureAndItsOrder(
      @ForAll(supplier = RandomShards.class) List<ExampleRow> rows,
      @ForAll DedupBy dedupBy,
      @ForAll Conflicts policy,
      @ForAll @IntRange(min = 1, max = 200) int max) {
    DeduplicatedShard result = DeduplicatedShard.of(rows, dedupBy, policy, max);

    Map<String, Chunk.Group> groups = new HashMap<>();
    for (Chunk chunk : result.of(Chunk.Kind.EXAMPLES)) {
      ChunkContent content = ChunkContent.of(chunk);
      content.lines().forEach(line -> groups.put(line.text(), content.groups().get(line.group())));
      assertThat(
          "groups in use",
          content.lines().stream().map(ChunkContent.Line::group).distinct().toList(),
          equalTo(IntStream.range(0, content.groups().size()).boxed().toList()));
    }
    SortedMap<Signature, SortedMap<Integer, Integer>> strata = new TreeMap<>();
    SortedMap<Fingerprint, Signature> spanning = new TreeMap<>();
    for (List<ExampleRow> prompt : keptByPrompt(rows, dedupBy, policy)) {
      Signature signature = signature(prompt);
      int bytes = prompt.stream().mapToInt(row -> row.line().length() + 1).sum();
      Fingerprint fingerprint = prompt.get(0).promptFingerprint();
      Chunk.Group expected;
      if (bytes <= max || prompt.size() == 1) {
        expected = new Chunk.Group(signature, fingerprint.order(), null);
        strata
            .computeIfAbsent(signature, s -> new TreeMap<>())
            .merge(ShardSummary.bucket(fingerprint.order()), 1, Integer::sum);
      } else {
        spanning.put(fingerprint, signature);
        expected = new Chunk.Group(null, 0, fingerprint);
      }
      for (ExampleRow row : prompt) {
        assertThat(groups.get(row.line()), equalTo(expected));
      }
    }
    assertThat(result.summary().strata(), equalTo(strata));
    assertThat(result.summary().spanning(), equalTo(spanning));
  }

  @Property
  void aChunkKnowsTheClassesAndSignaturesOfItsExamplesAlone(
      @ForAll(supplier = RandomShards.class) List<ExampleRow> rows,
      @ForAll @IntRange(min = 1, max = 200) int max) {
    for (Chunk chunk :
        DeduplicatedShard.of(rows, DedupBy.EXAMPLE, Conflicts.KEEP, max).of(Chunk.Kind.EXAMPLES)) {
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
                  .map(Chunk.Group::signature)
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
        rows.add(
            ExampleRow.of(order.get(i), j, row, "c" + j, String.format(Locale.ROOT, "%09d", row)));
      }
    }
    DeduplicatedShard result = DeduplicatedShard.of(rows, DedupBy.EXAMPLE, Conflicts.KEEP, 30);

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
    assertThat(result.summary().spanning().keySet(), equalTo(Set.of(spanning)));
    assertThat(result.summary().kept(), equalTo((long) rows.size()));
  }

  private static Fingerprint prompt(int number) {
    return ExampleRow.of(number, 0, 0, null, "").promptFingerprint();
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
}
