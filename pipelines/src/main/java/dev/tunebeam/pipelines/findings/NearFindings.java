package dev.tunebeam.pipelines.findings;

import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.yaml.DashedNames;
import dev.tunebeam.transforms.inspect.NearSample;
import dev.tunebeam.transforms.near.NearAction;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Findings about near copies, in a sample of the texts. None if the recipe says what to do with
 * near copies: then all texts are compared.
 */
final class NearFindings {

  private NearFindings() {}

  static List<Finding> of(Corpus corpus) {
    FindingList list = new FindingList(corpus);
    List<NearSample.Pair> similar = similar(corpus);
    add(
        list,
        corpus,
        "near_copies",
        similar.stream().filter(pair -> !pair.isConflict()).toList(),
        "near copy",
        "near copies",
        "A near copy in the other split makes validation look better than it is.",
        "Set near.action: keep-together to keep them on one side of the split, or drop to remove"
            + " all but one.");
    add(
        list,
        corpus,
        "near_conflicts",
        similar.stream().filter(NearSample.Pair::isConflict).toList(),
        "near copy with another class or answer",
        "near copies with another class or answer",
        "Texts that say the same and are labelled in different ways teach noise.",
        "Review them; prepare lists all with near.action: report.");
    return list.list();
  }

  /** Recommends to keep them together, which removes nothing. */
  static @Nullable Recommendation recommendation(Corpus corpus) {
    long copies = similar(corpus).stream().filter(pair -> !pair.isConflict()).count();
    return copies == 0 || corpus.recipe().validationShare() == 0
        ? null
        : new Recommendation(
            "Keep near copies on one side of the split",
            Figures.counted(copies, "near copy", "near copies") + in(corpus),
            Map.of("near", Map.of("action", DashedNames.of(NearAction.KEEP_TOGETHER))));
  }

  private static List<NearSample.Pair> similar(Corpus corpus) {
    return corpus.recipe().near().nearAction() != null
        ? List.of()
        : corpus
            .inspection()
            .rows()
            .near()
            .similar(corpus.recipe().near().comparison().similarity());
  }

  private static String in(Corpus corpus) {
    NearSample sample = corpus.inspection().rows().near();
    return sample.isAll()
        ? ""
        : " in a sample of " + Figures.counted(sample.size(), "text", "texts");
  }

  private static void add(
      FindingList list,
      Corpus corpus,
      String code,
      List<NearSample.Pair> pairs,
      String one,
      String several,
      String why,
      String action) {
    if (pairs.isEmpty()) {
      return;
    }
    list.add(
        code,
        pairs.size(),
        Figures.counted(pairs.size(), one, several) + in(corpus),
        why,
        action,
        pairs.stream()
            .map(
                pair ->
                    String.format(
                        Locale.ROOT,
                        "%s and %s, similarity %.2f",
                        corpus.place(pair.first()),
                        corpus.place(pair.second()),
                        pair.similarity()))
            .toList());
  }
}
