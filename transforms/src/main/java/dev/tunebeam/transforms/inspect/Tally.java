package dev.tunebeam.transforms.inspect;

import dev.tunebeam.transforms.row.Source;
import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A count with the first positions in input order. Merging is associative and commutative; memory
 * is {@link #PLACES} notes.
 */
public final class Tally implements Serializable {

  /** Maximum number of positions kept. */
  static final int PLACES = 5;

  private static final long serialVersionUID = 1L;

  private long count;
  private final TreeMap<Source, String> places = new TreeMap<>();

  /** Counts an occurrence at this position. */
  void add(Source source, String note) {
    count++;
    place(source, note);
  }

  /** Counts an occurrence without a note. */
  void add(Source source) {
    add(source, "");
  }

  /** Adds the occurrences of another tally. */
  public void merge(Tally other) {
    count += other.count;
    other.places.forEach(this::place);
  }

  /** Keeps one of several notes on a row, independent of their order. */
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

  /** The first positions, each with a note that may be empty. */
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
