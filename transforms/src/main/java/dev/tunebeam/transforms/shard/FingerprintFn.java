package dev.tunebeam.transforms.shard;

import dev.tunebeam.transforms.count.RenderedExample;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.RangeStats;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.row.Source;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/** Makes the entries of the shards, and what is compared; see {@link ExampleEntries}. */
public final class FingerprintFn extends DoFn<Outcome<RenderedExample>, KV<Integer, byte[]>> {

  /** {@link ShardEntry}s by shard. */
  public static final TupleTag<KV<Integer, byte[]>> ENTRIES = new TupleTag<>("entries") {};

  /** {@link dev.tunebeam.transforms.compare.ComparedText}s. */
  public static final TupleTag<byte[]> TEXTS = new TupleTag<>("texts") {};

  /** Prompt and unit of each example, 32 bytes by the shard of the prompt. */
  public static final TupleTag<KV<Integer, byte[]>> UNITS = new TupleTag<>("units") {};

  private final ExampleEntries.Settings settings;
  private transient @Nullable ExampleEntries entries;

  public FingerprintFn(ExampleEntries.Settings settings) {
    this.settings = settings;
  }

  @ProcessElement
  public void process(@Element Outcome<RenderedExample> outcome, MultiOutputReceiver out) {
    RenderedExample rendered = outcome.value();
    Rejected rejected = outcome.rejected();
    RangeStats stats = outcome.stats();
    if (rendered != null) {
      if (entries == null) {
        entries = new ExampleEntries(settings);
      }
      entries.add(rendered, to(out));
    } else if (rejected != null) {
      out.get(ENTRIES).output(KV.of(shardOf(rejected.source()), ShardEntry.of(rejected)));
    } else if (stats != null) {
      out.get(ENTRIES).output(KV.of(0, ShardEntry.of(stats)));
    }
  }

  /** Passes what examples give on to the three outputs. */
  public static ExampleEntries.Output to(MultiOutputReceiver out) {
    return new ExampleEntries.Output() {
      @Override
      public void entry(int shard, byte[] entry) {
        out.get(ENTRIES).output(KV.of(shard, entry));
      }

      @Override
      public void text(byte[] text) {
        out.get(TEXTS).output(text);
      }

      @Override
      public void unit(int shard, byte[] promptAndUnit) {
        out.get(UNITS).output(KV.of(shard, promptAndUnit));
      }
    };
  }

  private int shardOf(Source source) {
    return new Fingerprint((((long) source.file()) << 32) | source.range(), source.row())
        .shuffled(source.row())
        .shard(settings.shards());
  }
}
