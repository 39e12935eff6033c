package dev.tunebeam.transforms.deduplicate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.row.Step;
import dev.tunebeam.transforms.shard.ShardEntry;
import dev.tunebeam.transforms.shard.ShardMark;
import dev.tunebeam.transforms.sides.PreviousSides;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Deduplicates one sorted shard in two passes: the first, always one prompt ahead, detects prompts
 * with different completions; the second decides about each example.
 *
 * <p>The first of equal examples in input order is kept. Holds one chunk of each kind; the sorted
 * iterable is read twice at the same time.
 */
public final class ShardDeduplicator {

  private static final ShardMark BOTH_SIDES =
      ShardMark.ofUnit(ShardMark.Kind.BOTH_SIDES, ShardMark.ALL, ShardMark.ALL);

  private final DedupBy dedupBy;
  private final Conflicts policy;
  private final ExampleChunks examples;
  private final RecordChunks rejects;
  private final RecordChunks conflicts;
  private final RecordChunks removed;
  private final RecordChunks similar;
  private final MarksAhead marks = new MarksAhead();
  private final UnitSides sides;
  private final ShardSummary summary = new ShardSummary();
  private final int firstGiven;

  // State of the current prompt:
  private @Nullable ShardEntry last;
  private @Nullable Fingerprint run;
  private @Nullable Conflict conflict;
  private @Nullable ConflictRecord record;

  /**
   * Creates a deduplicator for one shard.
   *
   * @param firstGiven index of the first file of the validation input
   * @param before what is known of the units of the shard from the dataset before
   * @param byPrompt whether units have several prompts, which are remembered one by one; what is
   *     known of them is in marks then
   * @param maxChunkBytes the maximum bytes of lines per chunk
   * @param builder the memory of a chunk, empty or of the shard before
   * @param out receives the chunks, in order
   */
  public ShardDeduplicator(
      int shard,
      DedupBy dedupBy,
      Conflicts policy,
      int firstGiven,
      PreviousSides.Range before,
      boolean byPrompt,
      long maxChunkBytes,
      Chunk.Builder builder,
      Consumer<Chunk> out) {
    this.firstGiven = firstGiven;
    this.dedupBy = dedupBy;
    this.policy = policy;
    this.examples = new ExampleChunks(shard, maxChunkBytes, builder, out);
    this.rejects = new RecordChunks(shard, Chunk.Kind.REJECTED, maxChunkBytes, out);
    this.conflicts = new RecordChunks(shard, Chunk.Kind.CONFLICTS, maxChunkBytes, out);
    this.removed = new RecordChunks(shard, Chunk.Kind.REMOVED, maxChunkBytes, out);
    this.sides = new UnitSides(before, marks, byPrompt, examples);
    this.similar = new RecordChunks(shard, Chunk.Kind.SIMILAR, maxChunkBytes, out);
  }

  /** Deduplicates the shard and returns its summary. */
  public ShardSummary deduplicate(Iterable<ByteBuffer> sorted) {
    ConflictScan ahead = new ConflictScan(sorted.iterator(), firstGiven);
    for (ByteBuffer bytes : sorted) {
      ShardEntry entry = new ShardEntry(bytes);
      if (entry.kind() == ShardEntry.Kind.EXAMPLE) {
        take(entry, ahead);
      } else {
        count(entry);
      }
    }
    endPrompt();
    sides.end();
    examples.finish();
    rejects.finish();
    conflicts.finish();
    removed.finish();
    similar.finish();
    summary.addPrompts(examples.prompts());
    summary.addSpanning(examples.spanningPrompts());
    return summary;
  }

  private void take(ShardEntry entry, ConflictScan ahead) {
    if (last == null || !entry.hasPromptOf(last)) {
      endPrompt();
      run = null;
      conflict = ahead.next();
      if (conflict != null && conflict.majority() == null) {
        summary.addTie();
      }
      record =
          conflict == null ? null : new ConflictRecord(conflict.rows(), conflict.completions());
      beginPrompt(entry, last, ahead.given());
    }
    last = entry;
    boolean firstOfRun = !entry.whole().equals(run);
    run = entry.whole();
    if (record != null) {
      record.add(entry, firstOfRun);
    }
    decide(entry, firstOfRun, conflict);
  }

  private void beginPrompt(ShardEntry entry, @Nullable ShardEntry before, boolean given) {
    summary.addPrompt();
    sides.begin(entry, before == null || !entry.unit().equals(before.unit()));
    if (given) {
      examples.hold();
    }
  }

  private void endPrompt() {
    if (record != null) {
      summary.addConflict();
      conflicts.add(record.encode());
    }
  }

  private void count(ShardEntry entry) {
    if (entry.kind() == ShardEntry.Kind.MARK) {
      marks.add(entry.mark());
    } else if (entry.kind() == ShardEntry.Kind.NEAR_COUNTS) {
      summary.addNear(entry.nearCounts());
    } else if (entry.kind() == ShardEntry.Kind.STATS) {
      summary.addStats(entry.stats());
    } else {
      Rejected rejected = entry.rejected();
      if (rejected.ordinal() > 0) {
        summary.addFurtherExample();
      }
      summary.addRejected(rejected);
      rejects.add(entry.encoded());
    }
  }

  private void decide(ShardEntry entry, boolean firstOfRun, @Nullable Conflict conflict) {
    if (entry.ordinal() > 0) {
      summary.addFurtherExample();
    }
    if (conflict != null
        && (policy == Conflicts.REJECT
            || (policy == Conflicts.MAJORITY && !entry.whole().equals(conflict.majority())))) {
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
                      || entry.whole().equals(conflict.earliest()));
        };
    List<ShardMark> found = keep ? marks.of(entry) : List.of();
    ShardMark removal = MarksAhead.removal(found);
    if (removal != null) {
      remove(entry, removal);
    } else if (keep && sides.isApart()) {
      summary.addBothSides();
      removed.add(SimilarRecord.of(entry, BOTH_SIDES).encode());
    } else if (keep) {
      sides.add(entry.whole());
      list(entry, found);
      ByteBuffer line = entry.lineSlice();
      summary.addKept(entry.tokens(), line.remaining(), entry.cleaned(), entry.truncated());
      summary.addImages(entry.images(), entry.unsizedImages());
      examples.add(entry.className(), entry.tokens(), line);
    } else {
      summary.addDuplicate();
    }
  }

  private void remove(ShardEntry entry, ShardMark mark) {
    if (mark.kind() == ShardMark.Kind.NEAR_COPY) {
      summary.addNearCopy();
    } else {
      summary.addContaminated();
      summary.addEvaluation(mark.source().file());
    }
    removed.add(SimilarRecord.of(entry, mark).encode());
  }

  /** Lists what a kept example is similar to: of near copies the closest. */
  private void list(ShardEntry entry, List<ShardMark> marks) {
    ShardMark closest = MarksAhead.closest(marks, ShardMark.Kind.SIMILAR);
    if (closest != null) {
      summary.addSimilar();
      similar.add(SimilarRecord.of(entry, closest).encode());
    }
    for (ShardMark mark : marks) {
      if (mark.kind() == ShardMark.Kind.CONFLICT) {
        conflicts.add(SimilarRecord.of(entry, mark).encode());
      } else if (mark.kind() == ShardMark.Kind.CONTAMINATED_KEPT) {
        summary.addEvaluation(mark.source().file());
        similar.add(SimilarRecord.of(entry, mark).encode());
      } else if (mark.links()) {
        examples.addLink(mark.id(), mark.other());
      }
    }
  }

  private void reject(ShardEntry entry, Conflict conflict) {
    Rejected rejected =
        new Rejected(
            entry.source(),
            entry.ordinal(),
            Step.DEDUPLICATE,
            Reason.CONFLICT,
            String.format(
                Locale.ROOT,
                "%d rows with this prompt have %d different completions%s; see the conflicts file",
                conflict.rows(),
                conflict.completions(),
                policy != Conflicts.MAJORITY
                    ? ""
                    : conflict.majority() == null
                        ? ", and none is the most frequent"
                        : ", and another one stays"),
            new String(entry.line(), UTF_8));
    summary.addRejected(rejected);
    rejects.add(ShardEntry.of(rejected));
  }
}
