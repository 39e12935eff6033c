package dev.tunebeam.transforms.deduplicate;

import dev.tunebeam.transforms.shard.ExampleRow;
import dev.tunebeam.transforms.shard.SpillingSorter;
import dev.tunebeam.transforms.sides.PreviousSides;
import java.util.ArrayList;
import java.util.List;

/** What came out of a shard. */
record DeduplicatedShard(List<Chunk> chunks, ShardSummary summary) {

  static final int SHARD = 3;

  static DeduplicatedShard of(
      List<byte[]> entries, DedupBy dedupBy, Conflicts policy, long maxChunkBytes) {
    return of(entries, dedupBy, policy, maxChunkBytes, new Chunk.Builder());
  }

  static DeduplicatedShard of(
      List<byte[]> entries,
      DedupBy dedupBy,
      Conflicts policy,
      long maxChunkBytes,
      Chunk.Builder builder) {
    List<Chunk> chunks = new ArrayList<>();
    try (SpillingSorter sorter = new SpillingSorter(1 << 20)) {
      entries.forEach(sorter::add);
      ShardSummary summary =
          new ShardDeduplicator(
                  SHARD,
                  dedupBy,
                  policy,
                  Integer.MAX_VALUE,
                  PreviousSides.NONE.ofShard(SHARD, SHARD + 1),
                  false,
                  maxChunkBytes,
                  builder,
                  chunks::add)
              .deduplicate(sorter.slices());
      return new DeduplicatedShard(chunks, summary);
    }
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
