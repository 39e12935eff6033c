package dev.tunebeam.transforms.sides;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.shard.ExampleEntries;
import dev.tunebeam.transforms.shard.FingerprintFn;
import dev.tunebeam.transforms.shard.ShardMark;
import dev.tunebeam.transforms.shard.ShardMark.Kind;
import dev.tunebeam.transforms.shard.SpillingSorter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.jspecify.annotations.Nullable;

/**
 * Marks units with the sides that their prompts and groups had in the dataset before, where a unit
 * may have several prompts.
 *
 * <p>In: the outputs of {@link FingerprintFn}; out: the same, with {@link ShardMark}s on units
 * among the entries. Holds 16 MiB of prompts. A function of the prompts and the sides before.
 */
public final class MarkSides extends PTransform<PCollectionTuple, PCollectionTuple> {

  private static final long SORT_BYTES = 1L << 24;

  private final PreviousSides before;
  private final ExampleEntries.Settings sharding;

  private MarkSides(PreviousSides before, ExampleEntries.Settings sharding) {
    this.before = before;
    this.sharding = sharding;
  }

  /** Creates the transform. */
  public static MarkSides with(PreviousSides before, ExampleEntries.Settings sharding) {
    return new MarkSides(before, sharding);
  }

  @Override
  public PCollectionTuple expand(PCollectionTuple all) {
    if (!sharding.joins()) {
      return all;
    }
    int shards = sharding.shards();
    PCollection<KV<Integer, byte[]>> marks =
        all.get(FingerprintFn.UNITS)
            .apply("Keys", ParDo.of(new KeyFn(shards)))
            .apply("By key", GroupByKey.create())
            .apply("Known", ParDo.of(new KnownFn(before, shards)));
    return PCollectionTuple.of(FingerprintFn.TEXTS, all.get(FingerprintFn.TEXTS))
        .and(FingerprintFn.UNITS, all.get(FingerprintFn.UNITS))
        .and(
            FingerprintFn.ENTRIES,
            PCollectionList.of(all.get(FingerprintFn.ENTRIES))
                .and(marks)
                .apply("With marks", Flatten.pCollections()));
  }

  /** The prompt, and the unit if that is something else; not again if it has just been there. */
  private static final class KeyFn extends DoFn<KV<Integer, byte[]>, KV<Integer, byte[]>> {

    private final int shards;
    private transient byte @Nullable [] last;

    KeyFn(int shards) {
      this.shards = shards;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, byte[]> pair, OutputReceiver<KV<Integer, byte[]>> out) {
      byte[] bytes = pair.getValue();
      if (Arrays.equals(bytes, last)) {
        return;
      }
      last = bytes;
      ByteBuffer in = ByteBuffer.wrap(bytes);
      Fingerprint prompt = new Fingerprint(in.getLong(), in.getLong());
      Fingerprint unit = new Fingerprint(in.getLong(), in.getLong());
      out.output(KV.of(prompt.shard(shards), new UnitKey(prompt, false, unit).encode()));
      if (!unit.equals(prompt)) {
        out.output(KV.of(unit.shard(shards), new UnitKey(unit, true, unit).encode()));
      }
    }
  }

  private static final class KnownFn
      extends DoFn<KV<Integer, Iterable<byte[]>>, KV<Integer, byte[]>> {

    private final PreviousSides before;
    private final int shards;

    KnownFn(PreviousSides before, int shards) {
      this.before = before;
      this.shards = shards;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<byte[]>> shard, OutputReceiver<KV<Integer, byte[]>> out) {
      try (SpillingSorter sorter = new SpillingSorter(SORT_BYTES);
          PreviousSides.Range known = before.ofShard(shard.getKey(), shards)) {
        shard.getValue().forEach(sorter::add);
        byte[] last = new byte[0];
        for (byte[] bytes : sorter.sorted()) {
          if (!Arrays.equals(bytes, last)) {
            mark(UnitKey.decode(bytes), known, out);
          }
          last = bytes;
        }
      }
    }

    private void mark(
        UnitKey unit, PreviousSides.Range known, OutputReceiver<KV<Integer, byte[]>> out) {
      Known found = known.find(unit.key());
      Kind side =
          found == null ? null : found.isValidation() ? Kind.WAS_VALIDATION : Kind.WAS_TRAIN;
      if (unit.isGroup()) {
        Kind kind =
            side == null
                ? Kind.GROUP
                : side == Kind.WAS_TRAIN ? Kind.GROUP_TRAIN : Kind.GROUP_VALIDATION;
        emit(ShardMark.ofUnit(kind, unit.unit(), unit.key()), out);
      } else if (found != null && side != null) {
        emit(ShardMark.ofUnit(side, unit.unit(), ShardMark.ALL), out);
        emit(ShardMark.ofPrompt(side, unit.unit(), unit.key(), found.content()), out);
      }
    }

    private void emit(ShardMark mark, OutputReceiver<KV<Integer, byte[]>> out) {
      out.output(KV.of(mark.unit().shard(shards), mark.encode()));
    }
  }
}
