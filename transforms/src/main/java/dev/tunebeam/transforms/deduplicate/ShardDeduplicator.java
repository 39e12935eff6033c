package dev.tunebeam.transforms.deduplicate;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.read.Source;
import dev.tunebeam.transforms.reject.Reason;
import dev.tunebeam.transforms.reject.Rejected;
import dev.tunebeam.transforms.reject.Step;
import dev.tunebeam.transforms.shard.ShardEntry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Deduplicates one sorted shard in two passes: the first finds the prompts with different
 * completions, the second decides about each example.
 *
 * <p>Of equal examples the first in the order of the input stays. Holds one chunk and a record for
 * each prompt in conflict; the entries are read from the sorted iterable, twice.
 */
public final class ShardDeduplicator {

  private final DedupBy dedupBy;
  private final Conflicts policy;
  private final ExampleChunks examples;
  private final RecordChunks rejects;
  private final RecordChunks conflicts;
  private final ShardSummary summary = new ShardSummary();
  private final int shard;

  /** What the first pass found out about a prompt with several completions. */
  private static final class Conflict {
    long rows;
    int completions;
    Fingerprint majority = new Fingerprint(0, 0);
    long majorityRows;
    Source majoritySource = FIRST;
    Fingerprint earliest = new Fingerprint(0, 0);
    Source earliestSource = FIRST;

    private static final Source FIRST = new Source(0, 0, 0);

    /** Takes a run of equal examples into account, the first of which stands at the source. */
    void add(Fingerprint whole, long runRows, Source source) {
      boolean first = completions == 0;
      completions++;
      rows += runRows;
      if (first
          || runRows > majorityRows
          || (runRows == majorityRows && source.compareTo(majoritySource) < 0)) {
        majority = whole;
        majorityRows = runRows;
        majoritySource = source;
      }
      if (first || source.compareTo(earliestSource) < 0) {
        earliest = whole;
        earliestSource = source;
      }
    }
  }

  /**
   * A deduplicator for one shard.
   *
   * @param maxChunkBytes the most bytes of lines in a chunk
   * @param out receives the chunks, in order
   */
  public ShardDeduplicator(
      int shard, DedupBy dedupBy, Conflicts policy, long maxChunkBytes, Consumer<Chunk> out) {
    this.shard = shard;
    this.dedupBy = dedupBy;
    this.policy = policy;
    this.examples = new ExampleChunks(shard, maxChunkBytes, out);
    this.rejects = new RecordChunks(shard, Chunk.Kind.REJECTED, maxChunkBytes, out);
    this.conflicts = new RecordChunks(shard, Chunk.Kind.CONFLICTS, maxChunkBytes, out);
  }

  /** Works through the shard and says what was in it. */
  public ShardSummary deduplicate(Iterable<byte[]> sorted) {
    Map<Integer, Conflict> inConflict = findConflicts(sorted);
    int promptNumber = -1;
    Fingerprint prompt = null;
    Fingerprint run = null;
    Conflict conflict = null;
    ConflictRecord record = null;
    for (byte[] bytes : sorted) {
      ShardEntry entry = new ShardEntry(bytes);
      if (entry.kind() != ShardEntry.Kind.EXAMPLE) {
        count(entry, bytes);
        continue;
      }
      if (!entry.prompt().equals(prompt)) {
        endPrompt(record);
        prompt = entry.prompt();
        run = null;
        promptNumber++;
        conflict = inConflict.get(promptNumber);
        record = conflict == null ? null : new ConflictRecord(conflict.rows, conflict.completions);
        examples.beginPrompt(prompt);
      }
      boolean firstOfRun = !entry.whole().equals(run);
      run = entry.whole();
      if (record != null) {
        record.add(entry, firstOfRun);
      }
      decide(entry, firstOfRun, conflict);
    }
    endPrompt(record);
    examples.finish();
    rejects.finish();
    conflicts.finish();
    summary.addPrompts(shard, examples.prompts());
    summary.addSpanning(examples.spanningPrompts());
    return summary;
  }

  private void endPrompt(@Nullable ConflictRecord record) {
    examples.endPrompt();
    if (record != null) {
      summary.addConflict();
      conflicts.add(record.encode());
    }
  }

  private void count(ShardEntry entry, byte[] bytes) {
    if (entry.kind() == ShardEntry.Kind.STATS) {
      summary.addStats(entry.stats());
    } else {
      summary.addRejected(entry.rejected());
      rejects.add(bytes);
    }
  }

  private void decide(ShardEntry entry, boolean firstOfRun, @Nullable Conflict conflict) {
    if (entry.ordinal() > 0) {
      summary.addFurtherExample();
    }
    if (conflict != null
        && (policy == Conflicts.REJECT
            || (policy == Conflicts.MAJORITY && !entry.whole().equals(conflict.majority)))) {
      if (firstOfRun || dedupBy == DedupBy.NONE) {
        reject(entry, conflict);
      } else {
        summary.addDuplicate();
      }
      return;
    }
    boolean keep =
        switch (dedupBy) {
          case NONE -> true;
          case EXAMPLE -> firstOfRun;
          case PROMPT ->
              firstOfRun
                  && (conflict == null
                      || policy == Conflicts.MAJORITY
                      || entry.whole().equals(conflict.earliest));
        };
    if (keep) {
      summary.addKept(entry.tokens(), entry.cleaned(), entry.truncated());
      examples.add(entry.className(), entry.tokens(), entry.line());
    } else {
      summary.addDuplicate();
    }
  }

  private void reject(ShardEntry entry, Conflict conflict) {
    Rejected rejected =
        new Rejected(
            entry.source(),
            Step.DEDUPLICATE,
            Reason.CONFLICT,
            "%d rows with this prompt have %d different completions%s; see the conflicts file"
                .formatted(
                    conflict.rows,
                    conflict.completions,
                    policy == Conflicts.MAJORITY ? ", and most have another one" : ""),
            new String(entry.line(), java.nio.charset.StandardCharsets.UTF_8));
    summary.addRejected(rejected);
    rejects.add(ShardEntry.of(rejected));
  }

  private static Map<Integer, Conflict> findConflicts(Iterable<byte[]> sorted) {
    Map<Integer, Conflict> found = new HashMap<>();
    int promptNumber = -1;
    Fingerprint prompt = null;
    Fingerprint run = null;
    Source runSource = Conflict.FIRST;
    long runRows = 0;
    Conflict current = new Conflict();
    for (byte[] bytes : sorted) {
      ShardEntry entry = new ShardEntry(bytes);
      if (entry.kind() != ShardEntry.Kind.EXAMPLE) {
        break;
      }
      boolean samePrompt = entry.prompt().equals(prompt);
      if (samePrompt && entry.whole().equals(run)) {
        runRows++;
        continue;
      }
      if (run != null) {
        current.add(run, runRows, runSource);
      }
      if (!samePrompt) {
        keepIfConflict(found, promptNumber, current);
        current = new Conflict();
        promptNumber++;
        prompt = entry.prompt();
      }
      run = entry.whole();
      runSource = entry.source();
      runRows = 1;
    }
    if (run != null) {
      current.add(run, runRows, runSource);
    }
    keepIfConflict(found, promptNumber, current);
    return found;
  }

  private static void keepIfConflict(
      Map<Integer, Conflict> found, int promptNumber, Conflict current) {
    if (current.completions > 1) {
      found.put(promptNumber, current);
    }
  }
}
