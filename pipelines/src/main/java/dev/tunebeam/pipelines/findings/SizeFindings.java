package dev.tunebeam.pipelines.findings;

import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.transforms.inspect.Inspection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Findings about the number of examples, and about empty files. */
final class SizeFindings {

  /** The training APIs reject fewer examples. Source: OpenAI's fine-tuning guide. */
  private static final int FEWEST = 10;

  /** A class with fewer examples is hardly learned. Source: OpenAI's legacy fine-tuning guide. */
  static final int FEW = 100;

  /** The minimum for free text. Source: case studies of OpenAI's legacy fine-tuning guide. */
  private static final int FEW_FOR_GENERATION = 500;

  /** More are seldom needed for a first trial. */
  private static final int MANY = 50_000;

  private SizeFindings() {}

  static List<Finding> of(Corpus corpus) {
    FindingList list = new FindingList(corpus);
    Inspection inspection = corpus.inspection();
    long kept = inspection.kept();
    String left = Figures.counted(kept, "example is", "examples are") + " left to train on";
    if (kept < FEWEST) {
      list.add(
          "too-few",
          kept,
          left,
          String.format(Locale.ROOT, "The training APIs reject fewer than %d.", FEWEST),
          "Collect more examples.",
          List.of());
    } else if (kept < FEW) {
      list.add(
          "few",
          kept,
          left,
          String.format(
              Locale.ROOT,
              "Quality tends to grow with every doubling; below %d there is little effect.",
              FEW),
          "Collect a few hundred examples.",
          List.of());
    } else if (kept < FEW_FOR_GENERATION && corpus.conclusion().kind() == CorpusKind.GENERATION) {
      list.add(
          "few-for-generation",
          kept,
          left,
          String.format(
              Locale.ROOT,
              "Free text takes more examples than classification: at least %d.",
              FEW_FOR_GENERATION),
          "Collect more examples.",
          List.of());
    }
    boolean part = corpus.recipe().sample() != null || corpus.recipe().limit() != null;
    if (kept > MANY && !part) {
      list.add(
          "many",
          kept,
          left,
          "Training on all of them costs the most; a part shows first whether it helps.",
          "Train on a part first: sample: 0.1 (--sample), or limit: 10000 (--limit); each class"
              + " keeps its share.",
          List.of());
    }
    for (String file : corpus.emptyFiles()) {
      list.addFile(
          "empty-file",
          file + " has no rows",
          "It adds nothing to the dataset.",
          "Check whether it should.");
    }
    return list.list();
  }

  /** The classes with too few examples, smallest first. */
  static List<String> small(Map<String, Long> classes) {
    return classes.entrySet().stream()
        .filter(entry -> entry.getValue() < FEW)
        .sorted(
            Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(
            entry ->
                String.format(
                    Locale.ROOT, "%s: %,d", Classes.shown(entry.getKey()), entry.getValue()))
        .toList();
  }
}
