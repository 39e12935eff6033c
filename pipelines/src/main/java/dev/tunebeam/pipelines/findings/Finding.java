package dev.tunebeam.pipelines.findings;

import java.util.List;

/**
 * A fact about a corpus that the user should know before training on it.
 *
 * @param id the kind of finding, the same in every run
 * @param count number of rows, examples or classes concerned
 * @param what a description, with the count
 * @param why why it matters
 * @param action the recommended action
 * @param details lines with more detail, such as class names
 * @param places the first places, in input order
 */
public record Finding(
    String id,
    long count,
    String what,
    String why,
    String action,
    List<String> details,
    List<Place> places) {

  /** Makes immutable copies. */
  public Finding {
    details = List.copyOf(details);
    places = List.copyOf(places);
  }
}
