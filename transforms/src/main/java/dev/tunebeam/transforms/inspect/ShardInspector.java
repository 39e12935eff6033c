package dev.tunebeam.transforms.inspect;

import dev.tunebeam.transforms.deduplicate.Chunk;
import dev.tunebeam.transforms.deduplicate.Conflicts;
import dev.tunebeam.transforms.deduplicate.DedupBy;
import dev.tunebeam.transforms.deduplicate.ShardDeduplicator;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.progress.Progress;
import dev.tunebeam.transforms.row.Source;
import dev.tunebeam.transforms.shard.ShardEntry;
import dev.tunebeam.transforms.shard.SpillingSorter;
import dev.tunebeam.transforms.sides.PreviousSides;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.util.SerializableUtils;
import org.jspecify.annotations.Nullable;

/**
 * Inspects one shard: deduplicates it as prepare does, and counts what is kept. A function of the
 * entries; their order does not matter. Holds up to {@link #SORT_BYTES} of entries, the rest in
 * temporary files, and one chunk of notes.
 *
 * @param dedupBy the deduplication key
 * @param conflicts what to do with a prompt that has different completions
 * @param firstGiven index of the first file of the validation input
 */
record ShardInspector(DedupBy dedupBy, Conflicts conflicts, int firstGiven)
    implements Serializable {

  private static final long SORT_BYTES = 1L << 26;
  private static final long CHUNK_BYTES = 1L << 22;

  /**
   * First byte of entries with row statistics; those of examples and rejections begin with a lower
   * one.
   */
  private static final byte STATISTICS = 127;

  /** Encodes statistics as an entry. */
  static byte[] entryOf(RowStatistics statistics) {
    byte[] bytes = SerializableUtils.serializeToByteArray(statistics);
    return ByteBuffer.allocate(bytes.length + 1).put(STATISTICS).put(bytes).array();
  }

  private static RowStatistics statistics(byte[] entry) {
    byte[] bytes = Arrays.copyOfRange(entry, 1, entry.length);
    return (RowStatistics) SerializableUtils.deserializeFromByteArray(bytes, "statistics of rows");
  }

  /**
   * The inspection of the shard.
   *
   * @param kept receives what is kept, as chunks of notes: the split and its tokens are those of
   *     prepare, as long as the examples of a prompt fit into one chunk
   */
  Inspection inspect(int shard, Iterable<byte[]> entries, Consumer<Chunk> kept) {
    Inspection inspection = new Inspection();
    try (SpillingSorter sorter = new SpillingSorter(SORT_BYTES)) {
      for (byte[] entry : entries) {
        if (entry[0] == STATISTICS) {
          inspection.addRows(statistics(entry));
        } else {
          sorter.add(entry);
          Progress.deduplicated(1);
        }
      }
      Iterable<ByteBuffer> sorted = sorter.slices();
      scan(sorted, inspection);
      ShardDeduplicator deduplicator =
          new ShardDeduplicator(
              shard,
              dedupBy,
              conflicts,
              firstGiven,
              PreviousSides.NONE.ofShard(shard, 1),
              false,
              CHUNK_BYTES,
              new Chunk.Builder(),
              chunk -> {
                if (chunk.kind() == Chunk.Kind.EXAMPLES) {
                  addKept(chunk, inspection);
                  kept.accept(chunk);
                }
              });
      inspection.addSummary(deduplicator.deduplicate(sorted));
    }
    return inspection;
  }

  private static void addKept(Chunk chunk, Inspection inspection) {
    for (Chunk.Line note : chunk.lines()) {
      inspection.addKept(ExampleNote.decode(note.bytes(), note.from(), note.length()));
    }
  }

  /** Finds the positions of what deduplication only counts. */
  private void scan(Iterable<ByteBuffer> sorted, Inspection inspection) {
    PromptRows rows = new PromptRows();
    for (ByteBuffer bytes : sorted) {
      ShardEntry entry = new ShardEntry(bytes);
      if (entry.kind() == ShardEntry.Kind.REJECTED) {
        inspection.addRejection(entry.rejected());
      }
      if (entry.kind() != ShardEntry.Kind.EXAMPLE) {
        continue;
      }
      if (!entry.prompt().equals(rows.prompt)) {
        rows.end(inspection);
        rows = new PromptRows();
        rows.prompt = entry.prompt();
      }
      if (!rows.add(entry) && dedupBy != DedupBy.NONE) {
        inspection.addDuplicate(entry.source());
      }
    }
    rows.end(inspection);
  }

  /** The rows of one prompt; equal ones are adjacent. */
  private final class PromptRows {

    private final List<Source> firsts = new ArrayList<>();
    private @Nullable Fingerprint prompt;
    private @Nullable Fingerprint whole;
    private long all;
    private long same;
    private long mostSame;
    private boolean tied;

    /** Whether the row is the first of its equals. */
    boolean add(ShardEntry entry) {
      boolean first = !entry.whole().equals(whole);
      if (first) {
        whole = entry.whole();
        firsts.add(entry.source());
        same = 0;
      }
      all++;
      same++;
      tied = same == mostSame || (tied && same < mostSame);
      mostSame = Math.max(mostSame, same);
      return first;
    }

    void end(Inspection inspection) {
      if (firsts.size() > 1) {
        // All copies but one are duplicates, unless duplicates are kept.
        boolean copies = dedupBy == DedupBy.NONE;
        long stays = tied ? 0 : copies ? mostSame : 1;
        inspection.addConflict(firsts, (copies ? all : firsts.size()) - stays);
      }
    }
  }
}
