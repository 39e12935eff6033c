package dev.tunebeam.transforms.shard;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.row.Source;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last texts of one worker, so that a flood of equal rows is compared once. What it
 * lets through twice makes no difference, and the first row of the input always comes through.
 */
final class SeenTexts {

  private static final int SIZE = 1 << 14;

  private final @Nullable Seen[] table = new Seen[SIZE];

  private record Seen(Fingerprint id, Source source, boolean given) {}

  /** Whether the text, or an earlier row of it, has not come lately. */
  boolean isNews(Fingerprint id, Source source, boolean given) {
    int slot = (int) id.low() & (SIZE - 1);
    Seen last = table[slot];
    if (last != null
        && last.id.equals(id)
        && last.given == given
        && last.source.compareTo(source) <= 0) {
      return false;
    }
    table[slot] = new Seen(id, source, given);
    return true;
  }
}
