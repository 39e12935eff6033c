package dev.tunebeam.transforms.write;

import dev.tunebeam.transforms.deduplicate.Chunk;
import dev.tunebeam.transforms.deduplicate.Conflicts;
import dev.tunebeam.transforms.deduplicate.DedupBy;
import dev.tunebeam.transforms.deduplicate.ShardDeduplicator;
import dev.tunebeam.transforms.deduplicate.ShardSummary;
import dev.tunebeam.transforms.row.RangeStats;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.row.Source;
import dev.tunebeam.transforms.row.Step;
import dev.tunebeam.transforms.shard.ExampleRow;
import dev.tunebeam.transforms.shard.ShardEntry;
import dev.tunebeam.transforms.sides.PreviousSides;
import dev.tunebeam.transforms.split.Sampling;
import dev.tunebeam.transforms.split.SplitPlan;
import dev.tunebeam.transforms.split.SplitQuota;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A shard for tests: four prompts of class {@code a}, two without a class, one of them with two
 * completions; two rejected rows in the second range of the second file, and an empty third file.
 */
record SmallDataset(List<Chunk> chunks, ShardSummary summary) {

  static final int SHARD = 2;

  static final List<String> FILES = List.of("one.csv", "two.csv", "empty.csv");

  static SmallDataset of(long maxChunkBytes) {
    List<byte[]> entries = new ArrayList<>();
    for (int prompt = 1; prompt <= 4; prompt++) {
      entries.add(
          ExampleRow.of(
                  prompt, 0, prompt, "a", String.format(Locale.ROOT, "{\"prompt\":\"%d\"}", prompt))
              .entry());
    }
    entries.add(ExampleRow.of(5, 0, 5, null, "{\"prompt\":\"5\"}").entry());
    entries.add(ExampleRow.of(6, 0, 6, null, "{\"prompt\":\"6\",\"answer\":\"é\"}").entry());
    entries.add(ExampleRow.of(6, 1, 7, null, "{\"prompt\":\"6\",\"answer\":\"no\"}").entry());
    entries.add(ShardEntry.of(rejected(2, "third \"row\"")));
    entries.add(ShardEntry.of(rejected(1, "second row\u0000")));
    entries.add(ShardEntry.of(new RangeStats(0, 0, 7, 8)));
    entries.add(ShardEntry.of(new RangeStats(1, 0, 0, 100)));
    entries.add(ShardEntry.of(new RangeStats(1, 1, 2, 3)));
    entries.add(ShardEntry.of(new RangeStats(2, 0, 0, 0)));
    entries.sort(Arrays::compareUnsigned);
    List<Chunk> chunks = new ArrayList<>();
    ShardSummary summary =
        new ShardDeduplicator(
                SHARD,
                DedupBy.EXAMPLE,
                Conflicts.KEEP,
                Integer.MAX_VALUE,
                PreviousSides.NONE.ofShard(SHARD, SHARD + 1),
                false,
                maxChunkBytes,
                new Chunk.Builder(),
                chunks::add)
            .deduplicate(entries.stream().map(ByteBuffer::wrap).toList());
    return new SmallDataset(chunks, summary);
  }

  WritePlan plan(double validation) {
    return new WritePlan(split(validation), new Positions(FILES, summary.positions()), false, true);
  }

  private SplitPlan split(double validation) {
    SplitQuota quota =
        SplitQuota.of(summary.strata(), summary.spanning(), Sampling.ALL, validation);
    return quota.close(chunks.stream().map(quota::open).toList());
  }

  private static Rejected rejected(int row, String raw) {
    return new Rejected(new Source(1, 1, row), Step.READ, Reason.RAGGED_ROW, "too short", raw);
  }
}
