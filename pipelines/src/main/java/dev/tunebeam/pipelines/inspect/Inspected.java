package dev.tunebeam.pipelines.inspect;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.pipelines.findings.Corpus;
import dev.tunebeam.pipelines.prepare.CorpusFacts;
import dev.tunebeam.pipelines.prepare.JobFailedException;
import dev.tunebeam.transforms.deduplicate.ShardSummary;
import org.jspecify.annotations.Nullable;

/**
 * What an inspect job found.
 *
 * @param draft by whose plan it ran
 * @param manifest that a dry run of prepare would give
 */
record Inspected(RecipeDraft draft, Corpus corpus, Manifest manifest) {

  ShardSummary summary() {
    return corpus.inspection().summary();
  }

  /** The same under a draft that gives the same examples. */
  Inspected with(RecipeDraft same) {
    return new Inspected(same, corpus, manifest);
  }

  /** Why prepare would publish nothing; null if it would. */
  @Nullable JobFailedException problem() {
    return CorpusFacts.problem(draft.plan(), corpus.inspection());
  }
}
