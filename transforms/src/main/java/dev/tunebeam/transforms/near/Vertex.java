package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.compare.ComparedText;
import dev.tunebeam.transforms.compare.NearBy;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.row.Source;
import dev.tunebeam.transforms.shard.ShardMark;
import java.nio.ByteBuffer;

/**
 * A text that is similar to another: where it is in the input and in the shards.
 *
 * @param id of the text
 * @param given whether the validation input has it
 * @param unit what stays on one side of the split with it
 * @param prompt the fingerprint of its prompt
 * @param source its first row
 * @param label hash of its class, 0 for none
 */
record Vertex(
    Fingerprint id,
    boolean given,
    Fingerprint unit,
    Fingerprint prompt,
    Source source,
    long label) {

  static final int BYTES = 16 + 1 + 16 + 16 + 12 + 8;

  static Vertex of(ComparedText text) {
    return new Vertex(
        text.id(), text.given(), text.unit(), text.prompt(), text.source(), text.label());
  }

  /** Of two near copies the one that stays: the validation input's, else the lower fingerprint. */
  boolean staysBefore(Vertex other) {
    return given != other.given ? given : id.compareTo(other.id) < 0;
  }

  /** A mark on its examples. */
  ShardMark mark(ShardMark.Kind kind, NearBy by, Vertex other, double similarity) {
    return new ShardMark(
        kind,
        unit,
        prompt,
        by == NearBy.PROMPT ? ShardMark.ALL : id,
        other.id,
        other.source,
        (int) Math.round(similarity * 10_000),
        by == NearBy.PROMPT ? label : 0);
  }

  void put(ByteBuffer out) {
    Ids.put(out, id);
    out.put((byte) (given ? 1 : 0));
    Ids.put(out, unit);
    Ids.put(out, prompt);
    out.putInt(source.file()).putInt(source.range()).putInt(source.row()).putLong(label);
  }

  static Vertex get(ByteBuffer in) {
    return new Vertex(
        Ids.get(in),
        in.get() != 0,
        Ids.get(in),
        Ids.get(in),
        new Source(in.getInt(), in.getInt(), in.getInt()),
        in.getLong());
  }
}
