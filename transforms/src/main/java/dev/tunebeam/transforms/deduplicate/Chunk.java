package dev.tunebeam.transforms.deduplicate;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.sides.Known;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A part of a shard that is written as a unit: at most one file per split. A shard is one chunk of
 * examples unless it exceeds the maximum file size.
 *
 * <p>The byte layout is private to this class. One file because what is written here is read here.
 *
 * <pre>
 * body of examples: for each example: index of its group 4 | index of its class, -1 for none, 4 | known 1 bit, tokens 31 bits | length 4 | line
 * body of records:  for each record: length 4 | record
 * groups:           for each unit: index of its signature 4 | order 8, or -1 4 | fingerprint 16 if it is spanning
 * known:            for each prompt, and for each group of rows: index of its unit 4 | {@link Known} 16
 * links:            for each near copy: index of its group 4 | id 16 | id of the other, or its own, 16
 * </pre>
 */
public final class Chunk {

  /** The content of a chunk. */
  public enum Kind {
    EXAMPLES,
    REJECTED,
    CONFLICTS,
    REMOVED,
    SIMILAR
  }

  /**
   * An example of a chunk. Its line is a slice of a shared array, to avoid a copy.
   *
   * @param group the index of its prompt in {@link #groups}
   * @param className its class, null for none
   * @param isUnchanged whether the dataset before has its prompt with the same examples
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Line(
      int group,
      @Nullable String className,
      int tokens,
      boolean isUnchanged,
      byte[] bytes,
      int from,
      int length) {}

  /**
   * A prompt of a chunk.
   *
   * @param signature its classes and sizes; null if spanning
   * @param order its rank among the prompts of its signature, as an unsigned number
   * @param spanning its fingerprint if it did not fit into one chunk, else null
   */
  public record Group(@Nullable Signature signature, long order, @Nullable Fingerprint spanning) {}

  /**
   * A near copy.
   *
   * @param group the index of its unit in {@link #groups}
   * @param id of its text
   * @param other the text that it is a copy of; its own id if others are copies of it
   */
  public record Link(int group, Fingerprint id, Fingerprint other) {}

  /**
   * What is to be remembered of a prompt, or of a group of rows.
   *
   * @param group the index of its unit in {@link #groups}
   * @param entry in train, whatever its side is
   */
  public record Remembered(int group, Known entry) {}

  private static final int SPANNING = -1;
  private static final byte[] NOTHING = new byte[0];
  private static final int LINK_BYTES = 36;

  private static final int LINE_AT = 16;
  private static final int UNCHANGED = 1 << 31;

  private final int shard;
  private final int index;
  private final Kind kind;
  private final byte[] body;
  private final byte[] groups;
  private final byte[] links;
  private final byte[] known;
  private final List<String> classes;
  private final List<Signature> signatures;

  /**
   * A chunk from bytes that a {@link Builder} wrote.
   *
   * @param shard the shard
   * @param index its number among the chunks of the shard and kind
   * @param classes the classes, by the index that examples refer to
   * @param signatures the signatures, by the index that groups refer to
   */
  Chunk(
      int shard,
      int index,
      Kind kind,
      byte[] body,
      byte[] groups,
      byte[] links,
      byte[] known,
      List<String> classes,
      List<Signature> signatures) {
    this.shard = shard;
    this.index = index;
    this.kind = kind;
    this.body = body;
    this.groups = groups;
    this.links = links;
    this.known = known;
    this.classes = List.copyOf(classes);
    this.signatures = List.copyOf(signatures);
  }

  /** A chunk of records other than examples. */
  public static Chunk of(int shard, int index, Kind kind, List<byte[]> records) {
    ByteBuffer body = ByteBuffer.allocate(records.stream().mapToInt(Chunk::size).sum());
    records.forEach(record -> body.putInt(record.length).put(record));
    return new Chunk(
        shard, index, kind, body.array(), NOTHING, NOTHING, NOTHING, List.of(), List.of());
  }

  /** The same without the examples: what decides where they go. */
  Chunk outline() {
    return new Chunk(shard, index, kind, NOTHING, groups, NOTHING, NOTHING, List.of(), signatures);
  }

  /** The size of a record in a chunk, in bytes. */
  static int size(byte[] record) {
    return 4 + record.length;
  }

  public int shard() {
    return shard;
  }

  public int index() {
    return index;
  }

  public Kind kind() {
    return kind;
  }

  /** The examples, in order. */
  public Iterable<Line> lines() {
    return () -> new Lines(ByteBuffer.wrap(body));
  }

  /** The prompts of the examples, in order. */
  public List<Group> groups() {
    List<Group> all = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(groups);
    while (in.hasRemaining()) {
      int signature = in.getInt();
      all.add(
          signature == SPANNING
              ? new Group(null, 0, new Fingerprint(in.getLong(), in.getLong()))
              : new Group(signatures.get(signature), in.getLong(), null));
    }
    return all;
  }

  /** The records of a chunk other than of examples, in order. */
  public List<byte[]> records() {
    List<byte[]> all = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(body);
    while (in.hasRemaining()) {
      byte[] record = new byte[in.getInt()];
      in.get(record);
      all.add(record);
    }
    return all;
  }

  /** The near copies among the examples, in order. */
  public List<Link> links() {
    List<Link> all = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(links);
    while (in.hasRemaining()) {
      all.add(
          new Link(
              in.getInt(),
              new Fingerprint(in.getLong(), in.getLong()),
              new Fingerprint(in.getLong(), in.getLong())));
    }
    return all;
  }

  /** What is to be remembered of the prompts of the examples. */
  public List<Remembered> known() {
    List<Remembered> all = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(known);
    while (in.hasRemaining()) {
      all.add(new Remembered(in.getInt(), Known.get(in)));
    }
    return all;
  }

  byte[] knownBytes() {
    return known;
  }

  byte[] linkBytes() {
    return links;
  }

  byte[] bodyBytes() {
    return body;
  }

  byte[] groupBytes() {
    return groups;
  }

  List<String> classes() {
    return classes;
  }

  List<Signature> signatures() {
    return signatures;
  }

  private final class Lines implements Iterator<Line> {

    private final ByteBuffer in;

    Lines(ByteBuffer in) {
      this.in = in;
    }

    @Override
    public boolean hasNext() {
      return in.hasRemaining();
    }

    @Override
    public Line next() {
      if (!in.hasRemaining()) {
        throw new NoSuchElementException();
      }
      int group = in.getInt();
      int classIndex = in.getInt();
      int tokens = in.getInt();
      int length = in.getInt();
      int from = in.position();
      in.position(from + length);
      String className = classIndex < 0 ? null : classes.get(classIndex);
      return new Line(
          group, className, tokens & ~UNCHANGED, (tokens & UNCHANGED) != 0, body, from, length);
    }
  }

  /** Builds one chunk after the other from examples and groups, in the same memory. */
  public static final class Builder {

    private ByteBuffer body = ByteBuffer.allocate(1 << 16);
    private ByteBuffer groups = ByteBuffer.allocate(1 << 10);
    private ByteBuffer links = ByteBuffer.allocate(0);
    private ByteBuffer known = ByteBuffer.allocate(1 << 10);
    private int groupCount;

    /** Adds a link of an example of the group that will be added next. */
    void addLink(Fingerprint id, Fingerprint other) {
      links = withRoom(links, LINK_BYTES).putInt(groupCount).putLong(id.high()).putLong(id.low());
      links.putLong(other.high()).putLong(other.low());
    }

    /** Adds what is to be remembered of the group that will be added next. */
    void addKnown(Known entry) {
      known = withRoom(known, 4 + Known.BYTES).putInt(groupCount);
      entry.put(known);
    }

    /** The position of the next example. */
    int position() {
      return body.position();
    }

    /** Adds an example to the group that will be added next. */
    void addLine(int classIndex, int tokens, ByteBuffer line) {
      body = withRoom(body, LINE_AT + line.remaining());
      body.putInt(groupCount).putInt(classIndex).putInt(tokens).putInt(line.remaining()).put(line);
    }

    /** Says of the examples from a position on that the dataset before has them. */
    void setUnchanged(int position) {
      for (int at = position; at < body.position(); at += LINE_AT + body.getInt(at + 12)) {
        body.putInt(at + 8, body.getInt(at + 8) | UNCHANGED);
      }
    }

    void addGroup(int signatureIndex, long order) {
      groups = withRoom(groups, 12).putInt(signatureIndex).putLong(order);
      groupCount++;
    }

    void addSpanning(Fingerprint prompt) {
      groups = withRoom(groups, 20).putInt(SPANNING).putLong(prompt.high()).putLong(prompt.low());
      groupCount++;
    }

    /** Removes the examples from a position on, for {@link #putBack}. */
    byte[] cutFrom(int position) {
      byte[] cut = Arrays.copyOfRange(body.array(), position, body.position());
      body.position(position);
      return cut;
    }

    /**
     * Adds what was cut from the previous chunk; its examples belong to the first group of this
     * one.
     */
    void putBack(byte[] cut, IntUnaryOperator newClassIndex) {
      body = withRoom(body, cut.length).put(cut);
      for (int at = 0; at < cut.length; at += LINE_AT + body.getInt(at + 12)) {
        body.putInt(at, 0);
        int classIndex = body.getInt(at + 4);
        body.putInt(at + 4, classIndex < 0 ? -1 : newClassIndex.applyAsInt(classIndex));
      }
    }

    /** Returns the chunk and begins the next one. */
    Chunk build(int shard, int index, List<String> classes, List<Signature> signatures) {
      Chunk chunk =
          new Chunk(
              shard,
              index,
              Kind.EXAMPLES,
              Arrays.copyOf(body.array(), body.position()),
              Arrays.copyOf(groups.array(), groups.position()),
              cutLinks(),
              Arrays.copyOf(known.array(), known.position()),
              classes,
              signatures);
      body.clear();
      groups.clear();
      known.clear();
      groupCount = 0;
      return chunk;
    }

    /** The links of the groups that are complete; the others begin the next chunk. */
    private byte[] cutLinks() {
      int end = 0;
      while (end < links.position() && links.getInt(end) < groupCount) {
        end += LINK_BYTES;
      }
      byte[] cut = Arrays.copyOf(links.array(), end);
      byte[] rest = Arrays.copyOfRange(links.array(), end, links.position());
      links.clear().put(rest);
      for (int at = 0; at < rest.length; at += LINK_BYTES) {
        links.putInt(at, 0);
      }
      return cut;
    }

    private static ByteBuffer withRoom(ByteBuffer buffer, int bytes) {
      if (buffer.remaining() >= bytes) {
        return buffer;
      }
      long wanted = Math.max(2L * buffer.capacity(), (long) buffer.position() + bytes);
      int capacity = (int) Math.min(Integer.MAX_VALUE - 16, wanted);
      return ByteBuffer.allocate(capacity).put(buffer.flip());
    }
  }
}
