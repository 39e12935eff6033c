package dev.tunebeam.pipelines.findings;

import java.util.List;

/**
 * Something about a corpus that a person should know before training on it.
 *
 * @param id names the kind of finding, the same in every run
 * @param count how many rows, examples or classes it is about
 * @param what in words, with the count
 * @param why why it matters
 * @param action what is recommended
 * @param details lines that say more, such as names of classes
 * @param places the first places, in the order of the input
 */
public record Finding(
    String id,
    long count,
    String what,
    String why,
    String action,
    List<String> details,
    List<Place> places) {

  /** Copies. */
  public Finding {
    details = List.copyOf(details);
    places = List.copyOf(places);
  }
}
