package dev.tunebeam.transforms.deduplicate;

import dev.tunebeam.transforms.row.Source;
import dev.tunebeam.transforms.shard.ShardEntry;
import dev.tunebeam.transforms.shard.ShardMark;
import java.nio.ByteBuffer;

/**
 * An example that is similar to a row, as it is listed in the output.
 *
 * @param reason what it is to the row
 * @param source its place
 * @param other the row, of the input or of an evaluation set
 * @param similarity in units of 1/10,000
 * @param line the example, empty if it is too long to list
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SimilarRecord(
    ShardMark.Kind reason, Source source, Source other, int similarity, byte[] line) {

  private static final int FIXED_BYTES = 1 + 12 + 12 + 4;

  static SimilarRecord of(ShardEntry entry, ShardMark mark) {
    byte[] line = entry.line();
    return new SimilarRecord(
        mark.kind(),
        entry.source(),
        mark.source(),
        mark.similarity(),
        line.length > ConflictRecord.MAX_LINE_BYTES ? new byte[0] : line);
  }

  /** The reason in files. */
  public String reasonName() {
    return switch (reason) {
      case CONTAMINATED, CONTAMINATED_KEPT -> "contaminated";
      case CONFLICT -> "conflict";
      case BOTH_SIDES -> "both_sides";
      default -> "near_copy";
    };
  }

  /** Whether the row is one of an evaluation set. */
  public boolean isOfEvaluation() {
    return similarity == ShardMark.SHARES_A_PHRASE;
  }

  /** Whether there is no row that it is similar to, but what is known of datasets before. */
  public boolean isOfDatasetsBefore() {
    return reason == ShardMark.Kind.BOTH_SIDES;
  }

  /** Whether the example is not in the dataset. */
  public boolean isRemoved() {
    return reason == ShardMark.Kind.CONTAMINATED
        || reason == ShardMark.Kind.NEAR_COPY
        || reason == ShardMark.Kind.BOTH_SIDES;
  }

  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(1 + FIXED_BYTES + line.length);
    out.put(MAGIC).put((byte) reason.ordinal());
    put(out, source);
    put(out, other);
    return out.putInt(similarity).put(line).array();
  }

  private static final byte MAGIC = -1;

  /** Whether bytes are such a record, and no {@link ConflictRecord}: these begin with a count. */
  public static boolean is(byte[] bytes) {
    return bytes[0] == MAGIC;
  }

  /** Decodes the output of {@link #encode}. */
  public static SimilarRecord decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
    ShardMark.Kind reason = ShardMark.Kind.values()[in.get()];
    Source source = get(in);
    Source other = get(in);
    int similarity = in.getInt();
    byte[] line = new byte[in.remaining()];
    in.get(line);
    return new SimilarRecord(reason, source, other, similarity, line);
  }

  private static void put(ByteBuffer out, Source source) {
    out.putInt(source.file()).putInt(source.range()).putInt(source.row());
  }

  private static Source get(ByteBuffer in) {
    return new Source(in.getInt(), in.getInt(), in.getInt());
  }
}
