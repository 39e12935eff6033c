package dev.tunebeam.pipelines.findings;

import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.transforms.inspect.Tally;
import dev.tunebeam.transforms.inspect.secrets.Secrets;
import java.util.ArrayList;
import java.util.List;

/** Collects findings: what was not found is left out, and secrets in names are masked. */
final class FindingList {

  private static final int DETAILS = 5;

  private final Corpus corpus;
  private final List<Finding> findings = new ArrayList<>();

  FindingList(Corpus corpus) {
    this.corpus = corpus;
  }

  /**
   * What a tally counted, if anything.
   *
   * @param one what it is about, for one, {@code row has}
   * @param more the same for several
   * @param rest what is to be said of them
   */
  void tally(
      String id, Tally tally, String one, String more, String rest, String why, String action) {
    counted(id, tally, tally.count(), one, more, rest, why, action);
  }

  /** The same where the count is another one than that of the places. */
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
      findings.add(
          new Finding(id, count, Secrets.mask(what), why, action, List.of(), corpus.places(tally)));
    }
  }

  /** Something without places. */
  void add(String id, long count, String what, String why, String action, List<String> details) {
    List<String> shown = new ArrayList<>(details.subList(0, Math.min(DETAILS, details.size())));
    if (details.size() > DETAILS) {
      shown.add("and %s more".formatted(Figures.count(details.size() - DETAILS)));
    }
    shown.replaceAll(Secrets::mask);
    findings.add(new Finding(id, count, Secrets.mask(what), why, action, shown, List.of()));
  }

  /** Something about a file, whose name is there to be found. */
  void addFile(String id, String what, String why, String action) {
    findings.add(new Finding(id, 0, what, why, action, List.of(), List.of()));
  }

  List<Finding> list() {
    return findings;
  }
}
