package dev.tunebeam.transforms.split;

import dev.tunebeam.transforms.deduplicate.Signature;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decides how many prompts of each signature go to validation.
 *
 * <p>Each class gets its share to within one example, or to within its largest group of examples
 * with one prompt, and each class with at least two prompts is in both splits. If each prompt has
 * examples of one class only, this always succeeds. If prompts have examples of several classes, it
 * is a system of constraints that may have no solution, or take unlimited time to solve; then
 * presence in both splits takes precedence over shares, and the search ends after work in
 * proportion to the number of signatures. Works on counts alone: a few hundred bytes per signature,
 * whatever the size of the corpus.
 */
final class SplitPlanner {

  private SplitPlanner() {}

  /**
   * The number of prompts of each signature that go to validation.
   *
   * @param counts the prompts of each signature
   * @param share of the examples that go to validation, from 0 to below 1; 0 for none
   */
  static SortedMap<Signature, Long> plan(SortedMap<Signature, Long> counts, double share) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException("share: " + share);
    }
    if (share == 0) {
      SortedMap<Signature, Long> nothing = new TreeMap<>();
      counts.keySet().forEach(signature -> nothing.put(signature, 0L));
      return nothing;
    }
    return draft(counts, share).plan();
  }

  static SplitDraft draft(SortedMap<Signature, Long> counts, double share) {
    return draft(counts, new TreeMap<>(), share);
  }

  /** The same beside prompts whose side is known. */
  static SplitDraft draft(
      SortedMap<Signature, Long> counts, SortedMap<Signature, Long> known, double share) {
    SplitDraft draft = new SplitDraft(counts, known, share);
    draft.spread();
    new SplitRepair(draft).run();
    return draft;
  }
}
