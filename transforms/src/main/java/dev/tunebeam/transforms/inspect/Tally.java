package dev.tunebeam.transforms.inspect;

import dev.tunebeam.transforms.row.Source;
import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often something is in a corpus, and the first places where it is, in the order of the input.
 * Merging is associative and commutative; the memory is that of {@link #PLACES} notes.
 */
public final class Tally implements Serializable {

  /** As many places as a person looks at. */
  static final int PLACES = 5;

  private static final long serialVersionUID = 1L;

  private long count;
  private final TreeMap<Source, String> places = new TreeMap<>();

  /** One more, at this place. */
  void add(Source source, String note) {
    count++;
    place(source, note);
  }

  /** One more, whose place speaks for itself. */
  void add(Source source) {
    add(source, "");
  }

  void merge(Tally other) {
    count += other.count;
    other.places.forEach(this::place);
  }

  /** Of several notes on a row one stays, the same in whatever order they come. */
  private void place(Source source, String note) {
    if (places.size() == PLACES && source.compareTo(places.lastKey()) > 0) {
      return;
    }
    places.merge(source, note, (a, b) -> a.compareTo(b) <= 0 ? a : b);
    if (places.size() > PLACES) {
      places.pollLastEntry();
    }
  }

  public long count() {
    return count;
  }

  /** The first places, each with what is to be said of it, which may be empty. */
  public SortedMap<Source, String> places() {
    return Collections.unmodifiableSortedMap(places);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tally tally && count == tally.count && places.equals(tally.places);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(count) * 31 + places.hashCode();
  }

  @Override
  public String toString() {
    return count + " at " + places;
  }
}
