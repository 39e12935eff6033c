package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.compare.EvaluationPhrases;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.Row;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Combine.CombineFn;

/** Combines the rows of evaluation sets to their phrases. */
final class CombinePhrases extends CombineFn<Outcome<Row>, EvaluationPhrases, EvaluationPhrases> {

  @Override
  public EvaluationPhrases createAccumulator() {
    return new EvaluationPhrases();
  }

  @Override
  public EvaluationPhrases addInput(EvaluationPhrases phrases, Outcome<Row> outcome) {
    Row row = outcome.value();
    if (row != null) {
      phrases.add(row.source(), row.fields());
    } else if (outcome.rejected() != null) {
      phrases.addUnread();
    }
    return phrases;
  }

  @Override
  public EvaluationPhrases mergeAccumulators(Iterable<EvaluationPhrases> accumulators) {
    EvaluationPhrases all = new EvaluationPhrases();
    accumulators.forEach(all::addAll);
    return all;
  }

  @Override
  public EvaluationPhrases extractOutput(EvaluationPhrases phrases) {
    phrases.sort();
    return phrases;
  }

  @Override
  public Coder<EvaluationPhrases> getAccumulatorCoder(
      CoderRegistry registry, Coder<Outcome<Row>> inputCoder) {
    return SerializableCoder.of(EvaluationPhrases.class);
  }

  @Override
  public Coder<EvaluationPhrases> getDefaultOutputCoder(
      CoderRegistry registry, Coder<Outcome<Row>> inputCoder) {
    return SerializableCoder.of(EvaluationPhrases.class);
  }
}
