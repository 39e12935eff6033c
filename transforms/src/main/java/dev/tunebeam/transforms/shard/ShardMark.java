package dev.tunebeam.transforms.shard;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.row.Source;
import java.nio.ByteBuffer;

/**
 * What the comparison of texts says about examples; an entry that comes before them in the shard.
 *
 * <pre>
 * mark: 0 | unit 16 | prompt 16, or 0 | whole 16, or 0 | 0 16 | kind 1 | other 16 | source 12 | similarity 4 | label 8
 * </pre>
 *
 * @param kind what it says
 * @param unit of the examples
 * @param prompt of the examples; zero for all of the unit
 * @param whole of the examples; zero for all of the prompt
 * @param other the unit that the examples move to, or the text that they are similar to
 * @param source the row that they are similar to, in the input or in an evaluation set
 * @param similarity in units of 1/10,000, or {@link #SHARES_A_PHRASE}
 * @param label hash of the class that examples of the prompt have to have, 0 for none; of what was
 *     known before, what tells whether its examples changed
 */
public record ShardMark(
    Kind kind,
    Fingerprint unit,
    Fingerprint prompt,
    Fingerprint whole,
    Fingerprint other,
    Source source,
    int similarity,
    long label) {

  /** What a mark says. In the order of the shard. */
  public enum Kind {
    /** The unit is part of another one. */
    MOVED,
    /** The unit stays in train. */
    PINNED,
    /** The unit, or the prompt, was in train in a dataset before. */
    WAS_TRAIN,
    /** The same in validation. */
    WAS_VALIDATION,
    /** The unit is, or has, a group of rows that is to be remembered. */
    GROUP,
    /** The same, and the group was in train. */
    GROUP_TRAIN,
    /** The same in validation. */
    GROUP_VALIDATION,
    /** Others are near copies of this text. */
    COPIED,
    /** A near copy of a text, for the count across the split. */
    LINKED,
    /** The same, and listed, as both stay. */
    SIMILAR,
    /** Similar to a row with another class or answer. */
    CONFLICT,
    /** Removed as a near copy. */
    NEAR_COPY,
    /** Shares a long phrase with an evaluation set. */
    CONTAMINATED,
    /** The same, but stays. */
    CONTAMINATED_KEPT,
    /** Removed, since what it belongs to was on both sides of the split. */
    BOTH_SIDES
  }

  /** Stands for all prompts of a unit, or all examples of a prompt. */
  public static final Fingerprint ALL = new Fingerprint(0, 0);

  /** The similarity to a row of an evaluation set, which is a phrase and no share. */
  public static final int SHARES_A_PHRASE = -1;

  private static final Source NONE = new Source(0, 0, 0);
  private static final int AT = 66;

  /** A mark on a unit. */
  public static ShardMark ofUnit(Kind kind, Fingerprint unit, Fingerprint other) {
    return new ShardMark(kind, unit, ALL, ALL, other, NONE, 0, 0);
  }

  /**
   * A mark on a prompt of a unit, all of its examples.
   *
   * @param content what is known of its examples
   */
  public static ShardMark ofPrompt(Kind kind, Fingerprint unit, Fingerprint prompt, long content) {
    return new ShardMark(kind, unit, prompt, ALL, ALL, NONE, 0, content);
  }

  /** Whether it counts across the split. */
  public boolean links() {
    return kind == Kind.COPIED || kind == Kind.LINKED || kind == Kind.SIMILAR;
  }

  /** The id of the text that it is about. */
  public Fingerprint id() {
    return whole.equals(ALL) ? prompt : whole;
  }

  /** Encodes it as an entry of a shard. */
  public byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(AT + 16 + 12 + 4 + 8);
    out.put((byte) ShardEntry.Kind.EXAMPLE.ordinal());
    put(out, unit);
    put(out, prompt);
    put(out, whole);
    out.position(AT - 1);
    out.put((byte) kind.ordinal());
    put(out, other);
    out.putInt(source.file()).putInt(source.range()).putInt(source.row());
    return out.putInt(similarity).putLong(label).array();
  }

  static ShardMark decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes, ShardEntry.UNIT, bytes.length - ShardEntry.UNIT);
    Fingerprint unit = fingerprint(in);
    Fingerprint prompt = fingerprint(in);
    Fingerprint whole = fingerprint(in);
    in.position(AT - 1);
    Kind kind = Kind.values()[in.get()];
    Fingerprint other = fingerprint(in);
    Source source = new Source(in.getInt(), in.getInt(), in.getInt());
    return new ShardMark(kind, unit, prompt, whole, other, source, in.getInt(), in.getLong());
  }

  private static void put(ByteBuffer out, Fingerprint fingerprint) {
    out.putLong(fingerprint.high()).putLong(fingerprint.low());
  }

  private static Fingerprint fingerprint(ByteBuffer in) {
    return new Fingerprint(in.getLong(), in.getLong());
  }
}
