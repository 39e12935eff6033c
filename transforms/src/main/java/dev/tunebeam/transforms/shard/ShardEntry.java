package dev.tunebeam.transforms.shard;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tunebeam.transforms.count.ImageCount;
import dev.tunebeam.transforms.count.RenderedExample;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.fingerprint.ExampleFingerprints;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.row.RangeStats;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.row.Source;
import dev.tunebeam.transforms.row.Step;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a shard, as bytes whose unsigned order is that of the shard: examples by unit, by
 * fingerprint of the prompt, of the whole example, and by source; then rejected rows by source;
 * then the counts. A unit is what stays on one side of the split: mostly a prompt. A {@link
 * ShardMark} comes before the examples that it is about.
 *
 * <pre>
 * example:  0 | unit 16 | prompt 16 | whole 16 | file 4 | range 4 | row 4 | ordinal 4 | flags 1 | tokens 4 | images 8 | class | line
 * rejected: 1 | file 4 | range 4 | row 4 | ordinal 4 | step 1 | reason 1 | message | raw
 * counted:  2 | file 4 | range 4 | rows 8 | filtered 8 | positions 8
 * compared: 3 | {@link NearCounts}
 * </pre>
 *
 * Images are their number and how many are of unknown size, and left out if there are none. Class,
 * message and raw are a length in 4 bytes and UTF-8; a length of -1 means no class.
 *
 * <p>One file because what is written here is read here.
 */
public final class ShardEntry {

  /** The kind of an entry. */
  public enum Kind {
    EXAMPLE,
    REJECTED,
    STATS,
    NEAR_COUNTS,
    MARK
  }

  static final int UNIT = 1;
  private static final int PROMPT = 17;
  private static final int WHOLE = 33;
  private static final int SOURCE = 49;
  private static final int ROW = 57;
  private static final int ORDINAL = 61;
  private static final int FLAGS = 65;
  private static final int TOKENS = 66;
  private static final int AFTER_TOKENS = 70;

  private static final int CLEANED = 1;
  private static final int TRUNCATED = 2;
  private static final int HAS_IMAGES = 4;
  private static final int IMAGE_BYTES = 8;

  private final ByteBuffer bytes;

  /** Wraps an encoded entry. */
  public ShardEntry(byte[] entry) {
    this(ByteBuffer.wrap(entry));
  }

  /** Wraps an encoded entry that begins at index 0. */
  public ShardEntry(ByteBuffer entry) {
    this.bytes = entry;
  }

  /** Encodes an example whose prompt is a unit. */
  public static byte[] of(RenderedExample rendered, ExampleFingerprints fingerprints) {
    return of(rendered, fingerprints, fingerprints.prompt());
  }

  /** Encodes an example. */
  public static byte[] of(
      RenderedExample rendered, ExampleFingerprints fingerprints, Fingerprint unit) {
    Example example = rendered.example();
    String className = example.className();
    byte[] label = className == null ? new byte[0] : className.getBytes(UTF_8);
    ImageCount images = rendered.images();
    boolean hasImages = images.images() > 0;
    ByteBuffer entry =
        ByteBuffer.allocate(
            AFTER_TOKENS
                + (hasImages ? IMAGE_BYTES : 0)
                + 4
                + label.length
                + rendered.line().length);
    entry.put((byte) Kind.EXAMPLE.ordinal());
    put(entry, unit);
    put(entry, fingerprints.prompt());
    put(entry, fingerprints.whole());
    put(entry, example.source());
    entry.putInt(example.ordinal());
    entry.put(
        (byte)
            ((example.cleaned() ? CLEANED : 0)
                | (example.truncated() ? TRUNCATED : 0)
                | (hasImages ? HAS_IMAGES : 0)));
    entry.putInt(rendered.tokens());
    if (hasImages) {
      entry.putInt(images.images()).putInt(images.unsized());
    }
    entry.putInt(className == null ? -1 : label.length).put(label);
    return entry.put(rendered.line()).array();
  }

  /** Encodes a rejected row. */
  public static byte[] of(Rejected rejected) {
    byte[] message = rejected.message().getBytes(UTF_8);
    byte[] raw = rejected.raw().getBytes(UTF_8);
    ByteBuffer entry = ByteBuffer.allocate(1 + 16 + 2 + 4 + message.length + 4 + raw.length);
    entry.put((byte) Kind.REJECTED.ordinal());
    put(entry, rejected.source());
    entry.putInt(rejected.ordinal());
    entry.put((byte) rejected.step().ordinal()).put((byte) rejected.reason().ordinal());
    return entry.putInt(message.length).put(message).putInt(raw.length).put(raw).array();
  }

  /** Encodes the counts of a reader. */
  public static byte[] of(RangeStats stats) {
    ByteBuffer entry = ByteBuffer.allocate(1 + 8 + 24);
    entry.put((byte) Kind.STATS.ordinal()).putInt(stats.file()).putInt(stats.range());
    entry.putLong(stats.rows()).putLong(stats.filtered());
    return entry.putLong(stats.positions()).array();
  }

  /** Encodes what was found when texts were compared. */
  public static byte[] of(NearCounts counts) {
    byte[] bytes = counts.encode();
    return ByteBuffer.allocate(1 + bytes.length)
        .put((byte) Kind.NEAR_COUNTS.ordinal())
        .put(bytes)
        .array();
  }

  private static void put(ByteBuffer entry, Fingerprint fingerprint) {
    entry.putLong(fingerprint.high()).putLong(fingerprint.low());
  }

  private static void put(ByteBuffer entry, Source source) {
    entry.putInt(source.file()).putInt(source.range()).putInt(source.row());
  }

  public Kind kind() {
    Kind kind = Kind.values()[bytes.get(0)];
    // Rows are numbered from 1.
    return kind == Kind.EXAMPLE && bytes.getInt(ROW) == 0 ? Kind.MARK : kind;
  }

  /** The fingerprint of what stays on one side of the split with an example. */
  public Fingerprint unit() {
    return new Fingerprint(bytes.getLong(UNIT), bytes.getLong(UNIT + 8));
  }

  /** A copy of an example or mark that is of another unit. */
  public byte[] inUnit(Fingerprint other) {
    byte[] copy = encoded();
    ByteBuffer.wrap(copy).putLong(UNIT, other.high()).putLong(UNIT + 8, other.low());
    return copy;
  }

  /** Whether two examples, or marks of examples, have the same prompt. */
  public boolean hasPromptOf(ShardEntry other) {
    return prompt().equals(other.prompt()) && unit().equals(other.unit());
  }

  /** The fingerprint of an example's prompt. */
  public Fingerprint prompt() {
    return new Fingerprint(bytes.getLong(PROMPT), bytes.getLong(PROMPT + 8));
  }

  /** The fingerprint of the whole example. */
  public Fingerprint whole() {
    return new Fingerprint(bytes.getLong(WHOLE), bytes.getLong(WHOLE + 8));
  }

  /** The position of the example's row in the input. */
  public Source source() {
    return source(SOURCE);
  }

  /** The index of the example within its row, from 0. */
  public int ordinal() {
    return bytes.getInt(ORDINAL);
  }

  public boolean cleaned() {
    return (bytes.get(FLAGS) & CLEANED) != 0;
  }

  public boolean truncated() {
    return (bytes.get(FLAGS) & TRUNCATED) != 0;
  }

  public int tokens() {
    return bytes.getInt(TOKENS);
  }

  /** The number of images. */
  public int images() {
    return hasImages() ? bytes.getInt(AFTER_TOKENS) : 0;
  }

  /** The number of images of unknown size. */
  public int unsizedImages() {
    return hasImages() ? bytes.getInt(AFTER_TOKENS + 4) : 0;
  }

  private boolean hasImages() {
    return (bytes.get(FLAGS) & HAS_IMAGES) != 0;
  }

  /** The class, or null for none. */
  public @Nullable String className() {
    int at = classAt();
    int length = bytes.getInt(at);
    return length < 0 ? null : text(at + 4, length);
  }

  private int classAt() {
    return AFTER_TOKENS + (hasImages() ? IMAGE_BYTES : 0);
  }

  /** A copy of the entry. */
  public byte[] encoded() {
    return copyFrom(0);
  }

  /** A copy of the example's line. */
  public byte[] line() {
    return copyFrom(lineAt());
  }

  private byte[] copyFrom(int from) {
    byte[] copy = new byte[bytes.capacity() - from];
    bytes.get(from, copy);
    return copy;
  }

  /** The example's line, where it lies. */
  public ByteBuffer lineSlice() {
    int from = lineAt();
    return bytes.slice(from, bytes.capacity() - from);
  }

  private int lineAt() {
    int at = classAt();
    return at + 4 + Math.max(0, bytes.getInt(at));
  }

  /** The mark. */
  public ShardMark mark() {
    return ShardMark.decode(encoded());
  }

  /** What was found when texts were compared. */
  public NearCounts nearCounts() {
    return NearCounts.decode(encoded(), 1);
  }

  /** The rejected row. */
  public Rejected rejected() {
    int message = 19;
    int length = bytes.getInt(message);
    int raw = message + 4 + length;
    return new Rejected(
        source(1),
        bytes.getInt(13),
        Step.values()[bytes.get(17)],
        Reason.values()[bytes.get(18)],
        text(message + 4, length),
        text(raw + 4, bytes.getInt(raw)));
  }

  /** The counts of the reader. */
  public RangeStats stats() {
    return new RangeStats(
        bytes.getInt(1), bytes.getInt(5), bytes.getLong(9), bytes.getLong(17), bytes.getLong(25));
  }

  private Source source(int at) {
    return new Source(bytes.getInt(at), bytes.getInt(at + 4), bytes.getInt(at + 8));
  }

  private String text(int from, int length) {
    return new String(bytes.array(), bytes.arrayOffset() + from, length, UTF_8);
  }
}
