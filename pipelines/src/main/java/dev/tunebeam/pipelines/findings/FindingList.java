package dev.tunebeam.pipelines.findings;

import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.transforms.inspect.Tally;
import dev.tunebeam.transforms.inspect.secrets.Secrets;
import java.util.ArrayList;
import java.util.List;

/** Collects findings: skips those with a count of 0, and masks secrets in names. */
final class FindingList {

  private static final int DETAILS = 5;

  private final Corpus corpus;
  private final List<Finding> findings = new ArrayList<>();

  FindingList(Corpus corpus) {
    this.corpus = corpus;
  }

  /**
   * Adds a finding with the count and places of a tally, unless the count is 0.
   *
   * @param one subject and verb in the singular, {@code row has}
   * @param more the same in the plural
   * @param rest the rest of the sentence
   */
  void tally(
      String id, Tally tally, String one, String more, String rest, String why, String action) {
    counted(id, tally, tally.count(), one, more, rest, why, action);
  }

  /** The same, with a count that differs from the number of places. */
  void counted(
      String id,
      Tally tally,
      long count,
      String one,
      String more,
      String rest,
      String why,
      String action) {
    if (count > 0) {
      String what = Figures.counted(count, one, more) + (rest.isEmpty() ? "" : " " + rest);
      add(id, count, what, why, action, List.of(), corpus.places(tally));
    }
  }

  /** Adds a finding without places. */
  void add(String id, long count, String what, String why, String action, List<String> details) {
    add(id, count, what, why, action, details, List.of());
  }

  /** Adds a finding with the count and places of a tally, and details. */
  void add(String id, Tally tally, String what, String why, String action, List<String> details) {
    add(id, tally.count(), what, why, action, details, corpus.places(tally));
  }

  private void add(
      String id,
      long count,
      String what,
      String why,
      String action,
      List<String> details,
      List<Place> places) {
    List<String> shown = new ArrayList<>(details.subList(0, Math.min(DETAILS, details.size())));
    if (details.size() > DETAILS) {
      shown.add("and %s more".formatted(Figures.count(details.size() - DETAILS)));
    }
    shown.replaceAll(Secrets::mask);
    findings.add(new Finding(id, count, Secrets.mask(what), why, action, shown, places));
  }

  /** Adds a finding about a file. Its name is not masked, so that the user can find it. */
  void addFile(String id, String what, String why, String action) {
    findings.add(new Finding(id, 0, what, why, action, List.of(), List.of()));
  }

  List<Finding> list() {
    return findings;
  }
}
