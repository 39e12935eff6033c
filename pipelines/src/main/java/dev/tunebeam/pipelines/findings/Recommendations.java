package dev.tunebeam.pipelines.findings;

import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.yaml.DashedNames;
import dev.tunebeam.pipelines.recipe.Recipe;
import dev.tunebeam.transforms.deduplicate.Conflicts;
import dev.tunebeam.transforms.deduplicate.ShardSummary;
import dev.tunebeam.transforms.example.Task;
import dev.tunebeam.transforms.inspect.Inspection;
import dev.tunebeam.transforms.normalize.Examples;
import dev.tunebeam.transforms.row.Reason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Offers the recommendations for a corpus one by one. Each rule knows what was accepted before it.
 * Keys that the recipe sets are left alone.
 */
public final class Recommendations {

  private static final String TASK = "task";
  private static final String EXAMPLES = "examples";

  private static final int SHARE_DECIMALS = 4;

  private final Corpus corpus;
  private final Map<String, Object> accepted = new LinkedHashMap<>();

  private Recommendations(Corpus corpus) {
    this.corpus = corpus;
  }

  /**
   * Offers each recommendation.
   *
   * @param take decides whether to accept one
   * @return the accepted recipe keys with their values
   */
  public static Map<String, Object> accepted(Corpus corpus, Predicate<Recommendation> take) {
    Recommendations all = new Recommendations(corpus);
    corpus.repairs().forEach(repair -> all.offer(repair, take));
    all.offer(all.eachAnswer(), take);
    RowRecommendations rows = new RowRecommendations(corpus);
    all.offer(rows.unknownKeys(), take);
    all.offer(rows.goodAnswers(), take);
    all.offer(rows.nulls(), take);
    all.offer(rows.labels(), take);
    all.offer(all.task(), take);
    all.offer(all.conflicts(), take);
    all.offer(NearFindings.recommendation(corpus), take);
    all.delimiters(take);
    all.texts(take);
    return all.accepted;
  }

  private void offer(@Nullable Recommendation recommendation, Predicate<Recommendation> take) {
    if (recommendation != null && take.test(recommendation)) {
      Recommendation.put(accepted, recommendation.settings());
    }
  }

  private void delimiters(Predicate<Recommendation> take) {
    if (corpus.hasDelimiters()) {
      DelimiterRecommendations delimiters = new DelimiterRecommendations(corpus);
      offer(delimiters.separator(), take);
      if (!willClassify()) {
        offer(delimiters.stop(), take);
      }
    }
  }

  private void texts(Predicate<Recommendation> take) {
    TextRecommendations texts = new TextRecommendations(corpus);
    for (Recommendation end : texts.ends()) {
      offer(end, take);
    }
    offer(texts.lowerCasePrompts(), take);
    offer(texts.lowerCaseAnswers(accepted), take);
  }

  private Recipe recipe() {
    return corpus.recipe();
  }

  private Inspection inspection() {
    return corpus.inspection();
  }

  /**
   * Recommends one example per answer, if more conversations than {@code maxRejected} allows do not
   * end with the assistant.
   */
  private @Nullable Recommendation eachAnswer() {
    long open = inspection().rows().unanswered();
    long read = (inspection().summary().read() - inspection().summary().filtered());
    return open > recipe().maxRejected() * read && recipe().examples() == null
        ? new Recommendation(
            "Make one example per answer",
            "%s not end with the assistant; what follows the last answer is dropped"
                .formatted(Figures.counted(open, "conversation does", "conversations do")),
            Map.of(EXAMPLES, DashedNames.of(Examples.EACH_ANSWER)))
        : null;
  }

  private @Nullable Recommendation task() {
    if (recipe().task() != null) {
      return null;
    }
    if (corpus.task() == Task.CLASSIFICATION && !corpus.isClassified()) {
      return new Recommendation(
          "Treat it as generation",
          corpus.conclusion().because(),
          Map.of(TASK, DashedNames.of(Task.GENERATION)));
    }
    return corpus.task() == Task.GENERATION && corpus.isClassified()
        ? new Recommendation(
            "Treat it as classification",
            corpus.conclusion().because()
                + (corpus.classes().named()
                    ? "; then no stop sequence is added"
                    : "; then the split is stratified by class, and no stop sequence is added"),
            Map.of(TASK, DashedNames.of(Task.CLASSIFICATION)))
        : null;
  }

  private boolean willClassify() {
    Object task = accepted.get(TASK);
    return task == null
        ? corpus.task() == Task.CLASSIFICATION
        : task.equals(DashedNames.of(Task.CLASSIFICATION));
  }

  private @Nullable Recommendation conflicts() {
    long conflicts = inspection().summary().conflicts();
    boolean possible = conflicts > 0 && willClassify() && recipe().conflicts() == Conflicts.KEEP;
    return possible
        ? new Recommendation(
            "Keep the most frequent class of each text, and no text whose classes are tied",
            "%s more than one class; %s left out"
                .formatted(
                    Figures.counted(conflicts, "text has", "texts have"),
                    Figures.counted(inspection().lostToMajority(), "example is", "examples are")),
            Map.of("conflicts", DashedNames.of(Conflicts.MAJORITY)))
        : null;
  }

  /**
   * Recommends to continue without the rejected rows, if there are more than the recipe allows.
   *
   * @param recipe with all that was accepted before
   * @param summary what a job with that recipe gives
   */
  public static @Nullable Recommendation maxRejected(Recipe recipe, ShardSummary summary) {
    long read = summary.read() - summary.filtered();
    long rejected = summary.rejectedTotal();
    if (read == 0 || rejected >= read || summary.rejected().containsKey(Reason.UNREADABLE_FILE)) {
      return null;
    }
    BigDecimal share =
        BigDecimal.valueOf(rejected)
            .divide(BigDecimal.valueOf(read), SHARE_DECIMALS, RoundingMode.CEILING);
    return share.compareTo(BigDecimal.valueOf(recipe.maxRejected())) <= 0
        ? null
        : new Recommendation(
            "Continue without the %s"
                .formatted(Figures.counted(rejected, "rejected row", "rejected rows")),
            "%s of %s rows, more than maxRejected (%s) allows"
                .formatted(
                    Figures.percent(rejected, read), Figures.count(read), recipe.maxRejected()),
            Map.of("maxRejected", share.stripTrailingZeros().doubleValue()));
  }
}
