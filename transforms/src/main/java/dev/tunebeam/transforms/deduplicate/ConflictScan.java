package dev.tunebeam.transforms.deduplicate;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.shard.ShardEntry;
import java.nio.ByteBuffer;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Scans a sorted shard prompt by prompt for prompts with different completions. Holds three
 * entries.
 */
final class ConflictScan {

  private final Iterator<ByteBuffer> sorted;
  private final int firstGiven;
  private @Nullable ShardEntry head;

  // State of the current prompt:
  private long rows;
  private int completions;
  private boolean given;
  private @Nullable Run majority;
  private boolean tied;
  private @Nullable Run earliest;

  /** A run of equal examples; the first is the first in the input. */
  private record Run(ShardEntry first, long rows) {

    boolean isBefore(Run other) {
      int order = first.source().compareTo(other.first.source());
      return order != 0 ? order < 0 : first.ordinal() < other.first.ordinal();
    }
  }

  /**
   * Starts at the first entry.
   *
   * @param firstGiven index of the first file of the validation input
   */
  ConflictScan(Iterator<ByteBuffer> sorted, int firstGiven) {
    this.sorted = sorted;
    this.firstGiven = firstGiven;
    this.head = read();
  }

  /** The conflict of the next prompt, null if all of its examples are equal. */
  @Nullable Conflict next() {
    rows = 0;
    completions = 0;
    given = false;
    majority = null;
    tied = false;
    earliest = null;
    ShardEntry first = head;
    while (first != null && head != null && head.hasPromptOf(first)) {
      add(readRun(head));
    }
    return completions < 2 || majority == null || earliest == null
        ? null
        : new Conflict(
            rows, completions, tied ? null : majority.first().whole(), earliest.first().whole());
  }

  /** Whether the last prompt has a row of the validation input. */
  boolean given() {
    return given;
  }

  private Run readRun(ShardEntry first) {
    Fingerprint whole = first.whole();
    long length = 0;
    ShardEntry entry = first;
    while (entry != null && entry.whole().equals(whole) && entry.hasPromptOf(first)) {
      length++;
      given |= entry.source().file() >= firstGiven;
      entry = read();
    }
    head = entry;
    return new Run(first, length);
  }

  private void add(Run run) {
    rows += run.rows();
    completions++;
    if (majority == null || run.rows() > majority.rows()) {
      majority = run;
      tied = false;
    } else if (run.rows() == majority.rows()) {
      tied = true;
    }
    if (earliest == null || run.isBefore(earliest)) {
      earliest = run;
    }
  }

  /** The next example; null at the end. */
  private @Nullable ShardEntry read() {
    while (sorted.hasNext()) {
      ShardEntry entry = new ShardEntry(sorted.next());
      if (entry.kind() != ShardEntry.Kind.MARK) {
        return entry.kind() == ShardEntry.Kind.EXAMPLE ? entry : null;
      }
    }
    return null;
  }
}
