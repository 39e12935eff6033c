package dev.tunebeam.pipelines.terminal;

import dev.tunebeam.dataset.terminal.TerminalText;
import dev.tunebeam.pipelines.findings.Finding;
import dev.tunebeam.pipelines.findings.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report's section on findings, numbered. */
final class FindingLines {

  private static final String DEEPER = "     ";

  private FindingLines() {}

  /** What and where, and what to do; with {@code verbose} also details, all places, and why. */
  static List<String> of(List<Finding> findings, boolean verbose) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < findings.size(); i++) {
      Finding finding = findings.get(i);
      String number = String.format(Locale.ROOT, "%3d. ", i + 1);
      if (verbose) {
        wrap(lines, finding.what(), number);
        finding.details().forEach(detail -> wrap(lines, detail, DEEPER + "- "));
        places(lines, finding.places());
        wrap(lines, finding.why(), DEEPER);
      } else {
        wrap(lines, finding.what() + first(finding), number);
      }
      wrap(lines, finding.action(), DEEPER + "> ");
    }
    return lines;
  }

  /** The first place, or what the finding is about. */
  private static String first(Finding finding) {
    if (!finding.places().isEmpty()) {
      Place place = finding.places().get(0);
      return " (%s%s)".formatted(finding.places().size() > 1 ? "first " : "", place.text());
    }
    return finding.details().isEmpty() ? "" : ": " + String.join("; ", finding.details());
  }

  /** Places with a note have a line each, the others are joined. */
  private static void places(List<String> lines, List<Place> places) {
    if (places.stream().allMatch(place -> place.note().isEmpty())) {
      String all = places.stream().map(Place::text).collect(Collectors.joining(", "));
      if (!all.isEmpty()) {
        wrap(lines, all, DEEPER);
      }
      return;
    }
    for (Place place : places) {
      wrap(lines, "%s: %s".formatted(place.text(), place.note()), DEEPER + "- ");
    }
  }

  private static void wrap(List<String> lines, String text, String first) {
    lines.addAll(TerminalText.wrapped(text, Report.WIDTH, first, " ".repeat(first.length())));
  }
}
