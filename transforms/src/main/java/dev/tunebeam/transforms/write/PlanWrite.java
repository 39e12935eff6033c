package dev.tunebeam.transforms.write;

import dev.tunebeam.transforms.deduplicate.ShardSummary;
import dev.tunebeam.transforms.split.Sampling;
import dev.tunebeam.transforms.split.SplitPlan;
import java.util.List;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * Plans the split from the merged summary.
 *
 * <p>In: the single summary; out: the single plan. A function of summary, settings and seed.
 */
final class PlanWrite extends PTransform<PCollection<ShardSummary>, PCollection<WritePlan>> {

  private final List<String> files;
  private final Sampling sampling;
  private final double validation;
  private final long seed;

  private PlanWrite(List<String> files, Sampling sampling, double validation, long seed) {
    this.files = List.copyOf(files);
    this.sampling = sampling;
    this.validation = validation;
    this.seed = seed;
  }

  /**
   * Creates the transform.
   *
   * @param files the names of the input files, by index
   * @param sampling how many examples are used
   * @param validation the share of the examples that go to validation
   */
  static PlanWrite of(List<String> files, Sampling sampling, double validation, long seed) {
    return new PlanWrite(files, sampling, validation, seed);
  }

  @Override
  public PCollection<WritePlan> expand(PCollection<ShardSummary> summary) {
    return summary
        .apply("Plan", ParDo.of(new PlanFn(files, sampling, validation, seed)))
        .setCoder(SerializableCoder.of(WritePlan.class));
  }

  private static final class PlanFn extends DoFn<ShardSummary, WritePlan> {

    private final List<String> files;
    private final Sampling sampling;
    private final double validation;
    private final long seed;

    PlanFn(List<String> files, Sampling sampling, double validation, long seed) {
      this.files = files;
      this.sampling = sampling;
      this.validation = validation;
      this.seed = seed;
    }

    @ProcessElement
    public void process(@Element ShardSummary summary, OutputReceiver<WritePlan> out) {
      out.output(
          new WritePlan(
              SplitPlan.of(summary.strata(), summary.spanning(), sampling, validation, seed),
              new Positions(files, summary.positions()),
              !summary.hasTooManyClasses()));
    }
  }
}
