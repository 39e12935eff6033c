package dev.tunebeam.transforms.write;

import dev.tunebeam.transforms.deduplicate.ShardSummary;
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
public final class PlanWrite extends PTransform<PCollection<ShardSummary>, PCollection<WritePlan>> {

  private final List<String> files;
  private final double validation;
  private final long seed;

  private PlanWrite(List<String> files, double validation, long seed) {
    this.files = List.copyOf(files);
    this.validation = validation;
    this.seed = seed;
  }

  /**
   * Creates the transform.
   *
   * @param files the names of the input files, by index
   * @param validation the share of the examples that go to validation
   */
  public static PlanWrite of(List<String> files, double validation, long seed) {
    return new PlanWrite(files, validation, seed);
  }

  @Override
  public PCollection<WritePlan> expand(PCollection<ShardSummary> summary) {
    return summary
        .apply("Plan", ParDo.of(new PlanFn(files, validation, seed)))
        .setCoder(SerializableCoder.of(WritePlan.class));
  }

  private static final class PlanFn extends DoFn<ShardSummary, WritePlan> {

    private final List<String> files;
    private final double validation;
    private final long seed;

    PlanFn(List<String> files, double validation, long seed) {
      this.files = files;
      this.validation = validation;
      this.seed = seed;
    }

    @ProcessElement
    public void process(@Element ShardSummary summary, OutputReceiver<WritePlan> out) {
      out.output(
          new WritePlan(
              SplitPlan.of(summary.strata(), summary.spanning(), validation, seed),
              new Positions(files, summary.positions()),
              !summary.hasTooManyClasses()));
    }
  }
}
