package dev.tunebeam.transforms.deduplicate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.transforms.row.RangeStats;
import dev.tunebeam.transforms.shard.ExampleRow;
import dev.tunebeam.transforms.shard.ShardEntry;
import dev.tunebeam.transforms.sides.PreviousSides;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.IterableCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.junit.jupiter.api.Test;

class DeduplicateShardsTest {

  @Test
  void eachShardIsSortedAndDeduplicatedInWhateverOrderItComes() {
    List<ExampleRow> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      rows.add(ExampleRow.of(i % 10, 0, i + 1, "c", String.format(Locale.ROOT, "%09d", i)));
    }
    List<byte[]> entries = new ArrayList<>(rows.stream().map(ExampleRow::entry).toList());
    entries.add(ShardEntry.of(new RangeStats(0, 0, 20, 20)));
    Collections.shuffle(entries, new Random(1));
    List<String> expected =
        new NaiveDeduplicator(rows, DedupBy.EXAMPLE, Conflicts.KEEP)
            .kept.stream().map(ExampleRow::line).toList();

    Pipeline pipeline = Pipeline.create();
    var out =
        pipeline
            .apply(
                Create.of(List.of(KV.<Integer, Iterable<byte[]>>of(5, entries)))
                    .withCoder(KvCoder.of(VarIntCoder.of(), IterableCoder.of(ByteArrayCoder.of()))))
            .apply(DeduplicateShards.with(settings(50)));
    PAssert.that(out.get(DeduplicateShards.CHUNKS))
        .satisfies(
            chunks -> {
              List<String> lines =
                  StreamSupport.stream(chunks.spliterator(), false)
                      .sorted((a, b) -> Integer.compare(a.index(), b.index()))
                      .flatMap(chunk -> ChunkContent.of(chunk).lines().stream())
                      .map(ChunkContent.Line::text)
                      .toList();
              assertThat(lines, equalTo(expected));
              return null;
            });
    PAssert.thatSingleton(
            out.get(DeduplicateShards.SUMMARIES).apply(Combine.globally(new MergeSummaries())))
        .satisfies(
            summary -> {
              assertThat(
                  List.of(summary.read(), summary.kept(), summary.duplicates()),
                  equalTo(List.of(20L, 10L, 10L)));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aChunkHoldsAtLeastAByte() {
    assertThrows(IllegalArgumentException.class, () -> settings(0));
  }

  private static DeduplicateShards.Settings settings(long maxChunkBytes) {
    return new DeduplicateShards.Settings(
        DedupBy.EXAMPLE,
        Conflicts.KEEP,
        Integer.MAX_VALUE,
        9,
        PreviousSides.NONE,
        false,
        maxChunkBytes);
  }
}
