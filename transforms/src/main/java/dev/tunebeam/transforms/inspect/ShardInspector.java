package dev.tunebeam.transforms.inspect;

import dev.tunebeam.transforms.deduplicate.Chunk;
import dev.tunebeam.transforms.deduplicate.Conflicts;
import dev.tunebeam.transforms.deduplicate.DedupBy;
import dev.tunebeam.transforms.deduplicate.ShardDeduplicator;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.progress.Progress;
import dev.tunebeam.transforms.read.Source;
import dev.tunebeam.transforms.shard.ShardEntry;
import dev.tunebeam.transforms.shard.SpillingSorter;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.util.SerializableUtils;

/**
 * Sums up a shard: its duplicates are found as the job that writes finds them, and what is left is
 * counted. A function of the entries in whatever order they come. Holds up to {@link #SORT_BYTES}
 * of entries, the rest in temporary files, and one chunk of notes.
 *
 * @param dedupBy what two duplicates have in common
 * @param conflicts what becomes of a prompt with different completions
 */
record ShardInspector(DedupBy dedupBy, Conflicts conflicts) implements Serializable {

  private static final long SORT_BYTES = 1L << 26;
  private static final long CHUNK_BYTES = 1L << 22;

  /** How entries begin that hold statistics of rows; those of a shard begin with less. */
  private static final byte STATISTICS = 127;

  /** In a chunk: the group, the class, the tokens and the length. */
  private static final int BEFORE_A_NOTE = 16;

  /** Statistics as an entry. */
  static byte[] entryOf(RowStatistics statistics) {
    byte[] bytes = SerializableUtils.serializeToByteArray(statistics);
    return ByteBuffer.allocate(bytes.length + 1).put(STATISTICS).put(bytes).array();
  }

  private static RowStatistics statistics(byte[] entry) {
    byte[] bytes = Arrays.copyOfRange(entry, 1, entry.length);
    return (RowStatistics) SerializableUtils.deserializeFromByteArray(bytes, "statistics of rows");
  }

  /** What is known of the shard. */
  Inspection inspect(int shard, Iterable<byte[]> entries) {
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
      Iterable<byte[]> sorted = sorter.sorted();
      scan(sorted, inspection);
      ShardDeduplicator deduplicator =
          new ShardDeduplicator(
              shard, dedupBy, conflicts, CHUNK_BYTES, chunk -> addKept(chunk, inspection));
      inspection.addSummary(deduplicator.deduplicate(sorted));
    }
    return inspection;
  }

  private static void addKept(Chunk chunk, Inspection inspection) {
    if (chunk.kind() != Chunk.Kind.EXAMPLES) {
      return;
    }
    ByteBuffer body = ByteBuffer.wrap(chunk.body());
    int at = 0;
    while (at < body.capacity()) {
      int length = body.getInt(at + BEFORE_A_NOTE - Integer.BYTES);
      inspection.addKept(ExampleNote.decode(chunk.body(), at + BEFORE_A_NOTE, length));
      at += BEFORE_A_NOTE + length;
    }
  }

  /** Finds the places of what deduplication only counts. */
  private void scan(Iterable<byte[]> sorted, Inspection inspection) {
    Fingerprint prompt = null;
    Fingerprint whole = null;
    List<Source> firsts = new ArrayList<>();
    for (byte[] bytes : sorted) {
      ShardEntry entry = new ShardEntry(bytes);
      if (entry.kind() == ShardEntry.Kind.REJECTED) {
        inspection.addRejection(entry.rejected());
      }
      if (entry.kind() != ShardEntry.Kind.EXAMPLE) {
        continue;
      }
      if (!entry.prompt().equals(prompt)) {
        addConflict(firsts, inspection);
        prompt = entry.prompt();
        whole = null;
      }
      if (!entry.whole().equals(whole)) {
        whole = entry.whole();
        firsts.add(entry.source());
      } else if (dedupBy != DedupBy.NONE) {
        inspection.addDuplicate(entry.source());
      }
    }
    addConflict(firsts, inspection);
  }

  private static void addConflict(List<Source> firsts, Inspection inspection) {
    if (firsts.size() > 1) {
      inspection.addConflict(firsts);
    }
    firsts.clear();
  }
}
