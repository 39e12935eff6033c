package dev.tunebeam.pipelines.inspect;

import dev.tunebeam.dataset.DatasetDigest;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.TrainingCost;
import dev.tunebeam.pipelines.prepare.ManifestBuilder;
import dev.tunebeam.pipelines.prepare.PreparePlan;
import dev.tunebeam.pipelines.prepare.Version;
import dev.tunebeam.transforms.deduplicate.ShardSummary;
import dev.tunebeam.transforms.inspect.Inspection;
import dev.tunebeam.transforms.row.Reason;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Estimates the manifest that a dataset of the corpus would have. The examples and tokens of a
 * sample and of the validation split follow from their share alone, not from an actual split. A
 * pure function.
 */
final class CorpusEstimate {

  private CorpusEstimate() {}

  /** The estimated manifest. */
  static Manifest of(PreparePlan plan, Inspection inspection) {
    ShardSummary summary = inspection.summary();
    long all = summary.kept();
    long kept = plan.recipe().sampling().of(all);
    double share = plan.recipe().validation();
    long validation = kept < 2 ? 0 : Math.round(kept * share);
    long train = kept - validation;
    Integer asked = plan.recipe().epochs();
    int epochs = asked != null ? asked : TrainingCost.defaultEpochs(train);
    long tokens = part(inspection.tokens(Integer.MAX_VALUE), kept, all);
    long billed = part(inspection.tokens(plan.billedLimit()), kept, all);
    long validationTokens = part(tokens, validation, kept);
    long validationBilled = part(billed, validation, kept);
    TreeMap<String, Long> rejected = new TreeMap<>();
    for (Map.Entry<Reason, Long> reason : summary.rejected().entrySet()) {
      rejected.put(reason.getKey().toString(), reason.getValue());
    }
    List<Manifest.Shard> shards = List.of();
    return new Manifest(
        plan.format(),
        DatasetDigest.of(shards),
        new Manifest.Rows(
            summary.read(),
            summary.filtered(),
            new Manifest.Rejected(summary.rejectedTotal(), rejected),
            summary.duplicates(),
            all - kept,
            train,
            validation),
        summary.cleaned(),
        summary.conflicts(),
        new TreeMap<>(),
        new Manifest.Tokens(
            plan.encoding().encoding().name(),
            tokens - validationTokens,
            validationTokens,
            ManifestBuilder.distribution(summary.tokenCounts()),
            Manifest.Images.of(summary.images(), summary.unsizedImages())),
        TrainingCost.of(
            plan.model(),
            epochs,
            billed - validationBilled,
            validationBilled,
            summary.unsizedImages()),
        shards,
        new Manifest.Files(List.of(), List.of()),
        new Manifest.Inference(
            plan.delimiters().separator(),
            plan.delimiters().stop(),
            plan.delimiters().leadingSpace(),
            null),
        plan.inferredTexts(),
        plan.encoding().warnings(),
        plan.effectiveRecipe(epochs),
        Version.current());
  }

  private static long part(long tokens, long examples, long all) {
    return all == 0 ? 0 : Math.round((double) tokens * examples / all);
  }
}
