package dev.tunebeam.pipelines.gates;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Manifest.ClassCount;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a dataset that gates look at, all from its manifest. Small: holds no shard.
 *
 * @param rows its funnel
 * @param prompts distinct prompts; null if the manifest does not say
 * @param conflicts prompts with different completions
 * @param nearCopies near copies, removed or not
 * @param classes examples by class; empty if there are none
 * @param tokens its token counts
 * @param lengths how long the lines are; null if the manifest does not say
 * @param cost the price of training
 * @param newOnly whether train has only what was new
 */
public record DatasetFigures(
    Manifest.Rows rows,
    @Nullable Long prompts,
    long conflicts,
    long nearCopies,
    SortedMap<String, ClassCount> classes,
    Manifest.Tokens tokens,
    Manifest.@Nullable Lengths lengths,
    Manifest.Cost cost,
    boolean newOnly) {

  /** The figures of a dataset. */
  public static DatasetFigures of(Manifest manifest) {
    Manifest.Near near = manifest.near();
    return new DatasetFigures(
        manifest.rows(),
        manifest.prompts(),
        manifest.conflicts(),
        manifest.rows().nearCopies() + (near == null ? 0 : near.kept()),
        manifest.classes(),
        manifest.tokens(),
        manifest.lengths(),
        manifest.cost(),
        manifest.recipe().containsKey("since"));
  }

  /** Whether train leaves out what the dataset before has; the first night leaves out nothing. */
  boolean isPart() {
    return rows.unchangedCount() > 0;
  }

  /** Rows, or examples if a row gives several, that {@code where} does not leave out. */
  long asked() {
    return rows.read() - rows.filtered();
  }

  /** Examples in train and validation. */
  long examples() {
    return rows.train() + rows.validation();
  }

  /** Measures the share of prompts with different completions. */
  Measured conflictShare() {
    return prompts == null
        ? Measured.nothing("the manifest does not say")
        : Measured.share(conflicts, prompts);
  }

  /**
   * Examples by class, without classes that have none.
   *
   * @param ofValidation of validation alone, which has all rows where train has only new ones
   */
  SortedMap<String, Long> byClass(boolean ofValidation) {
    TreeMap<String, Long> counts = new TreeMap<>();
    for (Map.Entry<String, ClassCount> one : classes.entrySet()) {
      long train = ofValidation ? 0 : one.getValue().train();
      if (train + one.getValue().validation() > 0) {
        counts.put(one.getKey(), train + one.getValue().validation());
      }
    }
    return counts;
  }
}
