package dev.tunebeam.transforms.deduplicate;

import dev.tunebeam.transforms.shard.ExampleRow;
import dev.tunebeam.transforms.sides.PreviousSides;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What came out of a shard. */
record DeduplicatedShard(List<Chunk> chunks, ShardSummary summary) {

  static final int SHARD = 3;

  static DeduplicatedShard of(
      List<byte[]> entries, DedupBy dedupBy, Conflicts policy, long maxChunkBytes) {
    List<byte[]> sorted = new ArrayList<>(entries);
    sorted.sort(Arrays::compareUnsigned);
    List<Chunk> chunks = new ArrayList<>();
    ShardSummary summary =
        new ShardDeduplicator(
                SHARD,
                dedupBy,
                policy,
                Integer.MAX_VALUE,
                PreviousSides.NONE.ofShard(SHARD, SHARD + 1),
                false,
                maxChunkBytes,
                chunks::add)
            .deduplicate(sorted);
    return new DeduplicatedShard(chunks, summary);
  }

  static DeduplicatedShard of(List<ExampleRow> rows, DedupBy dedupBy, Conflicts policy, int max) {
    return of(rows.stream().map(ExampleRow::entry).toList(), dedupBy, policy, (long) max);
  }

  List<Chunk> of(Chunk.Kind kind) {
    return chunks.stream().filter(chunk -> chunk.kind() == kind).toList();
  }

  List<byte[]> records(Chunk.Kind kind) {
    return of(kind).stream().flatMap(chunk -> chunk.records().stream()).toList();
  }
}
