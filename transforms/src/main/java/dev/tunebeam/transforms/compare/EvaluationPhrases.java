package dev.tunebeam.transforms.compare;

import dev.tunebeam.transforms.row.Source;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The phrases of evaluation sets, each with the first row that has it. Takes 16 bytes for each word
 * of the sets, and twice that while they are read.
 */
public final class EvaluationPhrases implements Serializable {

  private static final int FEWEST = 1 << 10;

  /** Pairs of a hash and a place, sorted once {@link #sort} was called. */
  private long[] hashes = new long[FEWEST];

  private long[] places = new long[FEWEST];
  private int size;
  private long unread;
  private transient @Nullable WordReader reader;

  /** Adds all texts of a row; files have at most 2³¹ rows and are read in one range. */
  public void add(Source source, @Nullable Object value) {
    if (value instanceof String text) {
      WordReader words = reader == null ? new WordReader() : reader;
      reader = words;
      words.clear();
      words.read(text);
      long place = ((long) source.file() << 32) | source.row();
      Phrases.of(words.words(), 0, words.size(), hash -> put(hash, place));
    } else if (value instanceof Map<?, ?> fields) {
      fields.values().forEach(field -> add(source, field));
    } else if (value instanceof List<?> list) {
      list.forEach(element -> add(source, element));
    }
  }

  /** Counts a row that cannot be read. */
  public void addUnread() {
    unread++;
  }

  private void put(long hash, long place) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * size);
      places = Arrays.copyOf(places, 2 * size);
    }
    hashes[size] = hash;
    places[size++] = place;
  }

  /** Adds those of another. */
  public void addAll(EvaluationPhrases other) {
    for (int i = 0; i < other.size; i++) {
      put(other.hashes[i], other.places[i]);
    }
    unread += other.unread;
  }

  /** Sorts them for {@link #find}; of equal phrases the first row stays. */
  public void sort() {
    long[][] pairs = new long[size][];
    for (int i = 0; i < size; i++) {
      pairs[i] = new long[] {hashes[i], places[i]};
    }
    Arrays.sort(
        pairs, (a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(a[1], b[1]));
    int distinct = 0;
    for (int i = 0; i < size; i++) {
      if (i == 0 || pairs[i][0] != hashes[distinct - 1]) {
        hashes[distinct] = pairs[i][0];
        places[distinct++] = pairs[i][1];
      }
    }
    size = distinct;
    hashes = Arrays.copyOf(hashes, Math.max(1, size));
    places = Arrays.copyOf(places, Math.max(1, size));
  }

  /** Rows that could not be read. */
  public long unread() {
    return unread;
  }

  /** The row that the first phrase of a text, of those in the sets, is in; null for none. */
  public @Nullable Source find(ComparedText text) {
    long[] place = {-1};
    Phrases.of(
        text,
        hash -> {
          int at = place[0] < 0 ? Arrays.binarySearch(hashes, 0, size, hash) : -1;
          if (at >= 0) {
            place[0] = places[at];
          }
        });
    return place[0] < 0 ? null : new Source((int) (place[0] >>> 32), 0, (int) place[0]);
  }
}
