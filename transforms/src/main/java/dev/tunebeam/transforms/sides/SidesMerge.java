package dev.tunebeam.transforms.sides;

import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Merges what a dataset has with what was known before, for one shard: what is gone stays known, so
 * that it keeps its side when it comes back. Holds the entries of the dataset, 16 bytes and a
 * header each.
 */
public final class SidesMerge {

  private static final Comparator<Known> ORDER =
      ((Comparator<Known>) Known::compareKey).thenComparing(Known::rest, Long::compareUnsigned);

  private long unchanged;
  private long changed;
  private long added;
  private long back;
  private long gone;

  private SidesMerge() {}

  /**
   * Passes on all entries in order.
   *
   * @param now those of the dataset, in any order
   * @param before those of the dataset before
   * @throws IllegalStateException if one changed its side: a bug, and nothing is published
   */
  public static SideCounts merge(List<Known> now, PreviousSides.Range before, Consumer<Known> out) {
    return new SidesMerge().mergeSorted(now.stream().sorted(ORDER).toList(), before, out);
  }

  private SideCounts mergeSorted(List<Known> now, PreviousSides.Range before, Consumer<Known> out) {
    Known last = null;
    for (Known entry : now) {
      if (last != null && entry.compareKey(last) == 0) {
        requireSameSide(entry, last);
        continue;
      }
      last = entry;
      Known old = before.peek();
      while (old != null && old.compareKey(entry) < 0) {
        leave(before.next(), out);
        old = before.peek();
      }
      if (old != null && old.compareKey(entry) == 0) {
        requireSameSide(entry, before.next());
        count(entry, old);
      } else {
        added += entry.isGroup() ? 0 : 1;
      }
      out.accept(entry);
    }
    while (before.hasNext()) {
      leave(before.next(), out);
    }
    return new SideCounts(unchanged, changed, added, back, gone);
  }

  private void count(Known entry, Known old) {
    if (entry.isGroup()) {
      return;
    }
    if (old.isGone()) {
      back++;
    } else if (entry.content() == old.content()) {
      unchanged++;
    } else {
      changed++;
    }
  }

  private void leave(Known old, Consumer<Known> out) {
    gone += old.isGone() || old.isGroup() ? 0 : 1;
    out.accept(old.gone());
  }

  private static void requireSameSide(Known entry, Known other) {
    if (entry.isValidation() != other.isValidation()) {
      throw new IllegalStateException("a prompt changed its side of the split: " + entry);
    }
  }
}
