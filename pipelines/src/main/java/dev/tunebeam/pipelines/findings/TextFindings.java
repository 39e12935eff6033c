package dev.tunebeam.pipelines.findings;

import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.TerminalText;
import dev.tunebeam.transforms.inspect.CommonEnds;
import dev.tunebeam.transforms.inspect.Inspection;
import dev.tunebeam.transforms.inspect.Tally;
import dev.tunebeam.transforms.inspect.Trait;
import dev.tunebeam.transforms.inspect.secrets.Secrets;
import java.util.List;
import java.util.Set;

/** Findings about texts: upper case, common prefixes and suffixes, delimiters within them. */
final class TextFindings {

  /** With fewer texts a common prefix is not significant. */
  static final int FEWEST = 5;

  /** A shorter common prefix is most likely chance. */
  private static final int SHORTEST = 4;

  private static final int SHOWN = 60;

  private TextFindings() {}

  static List<Finding> of(Corpus corpus) {
    FindingList list = new FindingList(corpus);
    Inspection inspection = corpus.inspection();
    list.counted(
        "truncated",
        new Tally(),
        inspection.summary().truncated(),
        "example is",
        "examples are",
        "truncated to %s tokens".formatted(Figures.count(corpus.limit())),
        "The model sees nothing beyond the limit.",
        "tooLong sets which end of the prompt is truncated.");
    upperCase(list, inspection.with(Trait.UPPER_CASE_PROMPT), "prompt");
    upperCase(list, inspection.with(Trait.UPPER_CASE_ANSWER), "answer");
    if (corpus.hasDelimiters()) {
      delimiters(list, corpus);
      if (!corpus.delimiters().leadingSpace() && !needsNoSpace(corpus)) {
        list.add(
            "no-leading-space",
            inspection.kept(),
            "completions start without a space",
            "Most words are one token with a space before them, and several without.",
            "Set leadingSpace: true to add one.",
            List.of());
      }
    }
    if (inspection.kept() >= FEWEST) {
      ends(list, inspection, inspection.rows().prompts(), "prompt");
      if (!corpus.isClassified()) {
        ends(list, inspection, inspection.rows().answers(), "answer");
      }
    }
    scripts(list, inspection);
    return list.list();
  }

  /** Whether a leading space would be the same first token for all classes. */
  private static boolean needsNoSpace(Corpus corpus) {
    Set<String> answers = corpus.inspection().answers().answers().keySet();
    return corpus.isClassified()
        && corpus.labels().firstTells(answers)
        && !corpus.labels().firstTells(answers.stream().map(name -> " " + name).toList());
  }

  /**
   * Reported only if at least 95 % share a script; otherwise several scripts are likely intended.
   */
  private static void scripts(FindingList list, Inspection inspection) {
    Trait usual = null;
    long all = 0;
    for (Trait trait : Trait.values()) {
      long count = trait.script() == null ? 0 : inspection.with(trait).count();
      all += count;
      if (count > (usual == null ? 0 : inspection.with(usual).count())) {
        usual = trait;
      }
    }
    if (usual == null || inspection.with(usual).count() * 20 < all * 19) {
      return;
    }
    for (Trait trait : Trait.values()) {
      if (trait.script() != null && trait != usual) {
        list.tally(
            "other-script",
            inspection.with(trait),
            "example is",
            "examples are",
            "in %s script, the rest in %s".formatted(trait.script(), usual.script()),
            "Rows in another language are often a mistake.",
            "Review them; several languages are fine if intended.");
      }
    }
  }

  private static void upperCase(FindingList list, Tally tally, String what) {
    list.tally(
        "upper-case-" + what,
        tally,
        what + " is",
        what + "s are",
        "mostly upper case",
        "Upper case takes more tokens, and models have seen less of it.",
        "Set lowerCase in the recipe, unless case carries meaning.");
  }

  private static void delimiters(FindingList list, Corpus corpus) {
    Inspection inspection = corpus.inspection();
    String separator = corpus.delimiters().separator();
    String stop = corpus.delimiters().stop();
    list.tally(
        "separator-in-text",
        inspection.with(Trait.SEPARATOR_IN_PROMPT),
        "prompt contains",
        "prompts contain",
        "the separator %s".formatted(quoted(separator)),
        "The model takes the first separator for the end of the prompt.",
        "It is removed from the text; " + free(inspection.freeSeparators()));
    list.tally(
        "stop-in-text",
        inspection.with(Trait.STOP_IN_ANSWER),
        "answer contains",
        "answers contain",
        "the stop sequence %s".formatted(quoted(stop)),
        "At inference the answer would end there.",
        "It is removed from the text; " + free(inspection.freeStops()));
  }

  private static String free(List<String> candidates) {
    return candidates.isEmpty()
        ? "every common delimiter already occurs in the data."
        : "not in the data: "
            + String.join(", ", candidates.stream().limit(3).map(TextFindings::quoted).toList())
            + ".";
  }

  private static void ends(FindingList list, Inspection inspection, CommonEnds ends, String what) {
    if (ends.texts() < FEWEST) {
      return;
    }
    long count = Math.min(inspection.kept(), ends.texts());
    String prefix = ends.prefix();
    String suffix = ends.suffix();
    if (prefix.length() >= SHORTEST) {
      list.add(
          "common-prefix-" + what,
          count,
          "all %ss start with %s".formatted(what, shown(prefix)),
          "A constant prefix teaches nothing, and is billed in every example.",
          "Remove it with cut, unless it is there at inference too.",
          List.of());
    }
    if (suffix.length() >= SHORTEST && !suffix.equals(prefix)) {
      list.add(
          "common-suffix-" + what,
          count,
          "all %ss end with %s".formatted(what, shown(suffix)),
          "Fine for a separator or a stop sequence; anything else teaches nothing.",
          "Set it as separator or stop in the recipe, or remove it with cut.",
          List.of());
    }
  }

  /** Secrets are masked before truncation: half a secret would not be recognized. */
  static String shown(String text) {
    return quoted(TerminalText.cut(Secrets.mask(text), SHOWN));
  }

  /** A text as it is written in a recipe, in quotes. */
  static String quoted(String text) {
    return '"' + TerminalText.oneLine(text) + '"';
  }
}
