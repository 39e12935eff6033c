package dev.tunebeam.transforms.write;

import dev.tunebeam.transforms.deduplicate.Chunk;
import dev.tunebeam.transforms.deduplicate.ShardSummary;
import dev.tunebeam.transforms.split.OpenOrders;
import dev.tunebeam.transforms.split.Sampling;
import dev.tunebeam.transforms.split.SplitQuota;
import java.util.List;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Plans the split: how many of each kind from the merged summary, and which ones from the outlines
 * of the chunks.
 *
 * <p>In: the single summary; out: the single plan. A function of summary, outlines and settings.
 * Holds the plan and 8 bytes for about every 64th prompt.
 */
final class PlanWrite extends PTransform<PCollection<ShardSummary>, PCollection<WritePlan>> {

  private final List<String> files;
  private final Sampling sampling;
  private final double validation;
  private final boolean newOnly;
  private final PCollection<Chunk> outlines;

  private PlanWrite(
      List<String> files,
      Sampling sampling,
      double validation,
      boolean newOnly,
      PCollection<Chunk> outlines) {
    this.newOnly = newOnly;
    this.files = List.copyOf(files);
    this.sampling = sampling;
    this.validation = validation;
    this.outlines = outlines;
  }

  /**
   * Creates the transform.
   *
   * @param files the names of the input files, by index
   * @param sampling how many examples are used
   * @param validation the share of the examples that go to validation
   * @param newOnly whether train leaves out what the dataset before has unchanged
   * @param outlines of all chunks
   */
  static PlanWrite of(
      List<String> files,
      Sampling sampling,
      double validation,
      boolean newOnly,
      PCollection<Chunk> outlines) {
    return new PlanWrite(files, sampling, validation, newOnly, outlines);
  }

  @Override
  public PCollection<WritePlan> expand(PCollection<ShardSummary> summary) {
    PCollectionView<SplitQuota> quota =
        summary
            .apply("Quota", ParDo.of(new QuotaFn(sampling, validation)))
            .setCoder(SerializableCoder.of(SplitQuota.class))
            .apply("Counts", View.asSingleton());
    PCollectionView<List<OpenOrders>> open =
        outlines
            .apply("Open", ParDo.of(new OpenFn(quota)).withSideInputs(quota))
            .setCoder(SerializableCoder.of(OpenOrders.class))
            .apply("Orders", View.asList());
    return summary
        .apply(
            "Plan", ParDo.of(new PlanFn(files, newOnly, quota, open)).withSideInputs(quota, open))
        .setCoder(SerializableCoder.of(WritePlan.class));
  }

  private static final class QuotaFn extends DoFn<ShardSummary, SplitQuota> {

    private final Sampling sampling;
    private final double validation;

    QuotaFn(Sampling sampling, double validation) {
      this.sampling = sampling;
      this.validation = validation;
    }

    @ProcessElement
    public void process(@Element ShardSummary summary, OutputReceiver<SplitQuota> out) {
      out.output(SplitQuota.of(summary.strata(), summary.spanning(), sampling, validation));
    }
  }

  private static final class OpenFn extends DoFn<Chunk, OpenOrders> {

    private final PCollectionView<SplitQuota> quota;

    OpenFn(PCollectionView<SplitQuota> quota) {
      this.quota = quota;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      context.output(context.sideInput(quota).open(context.element()));
    }
  }

  private static final class PlanFn extends DoFn<ShardSummary, WritePlan> {

    private final List<String> files;
    private final boolean newOnly;
    private final PCollectionView<SplitQuota> quota;
    private final PCollectionView<List<OpenOrders>> open;

    PlanFn(
        List<String> files,
        boolean newOnly,
        PCollectionView<SplitQuota> quota,
        PCollectionView<List<OpenOrders>> open) {
      this.files = files;
      this.newOnly = newOnly;
      this.quota = quota;
      this.open = open;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      ShardSummary summary = context.element();
      context.output(
          new WritePlan(
              context.sideInput(quota).close(context.sideInput(open)),
              new Positions(files, summary.positions()),
              newOnly,
              !summary.hasTooManyClasses()));
    }
  }
}
