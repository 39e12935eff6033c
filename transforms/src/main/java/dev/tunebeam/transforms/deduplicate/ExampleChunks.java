package dev.tunebeam.transforms.deduplicate;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.sides.Known;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects the examples of a shard, unit by unit, into chunks with a maximum size of lines in
 * bytes.
 *
 * <p>A unit, mostly one prompt, stays in one chunk if it fits; one that does not is spanning, and
 * is identified by its fingerprint. Holds one chunk.
 */
final class ExampleChunks {

  /**
   * Maximum number of classes; with more, free text was most likely taken for class names. The rest
   * count as one class, to bound memory until this is reported.
   */
  static final int MOST_CLASSES = 10_000;

  /** Maximum total length of class names, in characters: 1,000 on average. */
  static final long MOST_NAME_CHARS = 10_000_000;

  private static final int IN_EARLIER_CHUNK = -1;

  private final int shard;
  private final long maxBytes;
  private final Consumer<Chunk> out;

  private final Set<String> shardClasses = new HashSet<>();
  private long nameChars;
  private final Map<String, Integer> classes = new LinkedHashMap<>();
  private final Map<Signature, Integer> signatures = new LinkedHashMap<>();
  private final Map<Signature, Map<Integer, Integer>> prompts = new HashMap<>();
  private final TreeMap<Fingerprint, Signature> spanningPrompts = new TreeMap<>();

  private final Chunk.Builder chunk;
  private int index;
  private long lineBytes;

  private Fingerprint unit = new Fingerprint(0, 0);
  private final SortedMap<String, Integer> unitClasses = new TreeMap<>();
  private int unitStart;
  private int keyStart;
  private int classesBefore;
  private long unitLineBytes;
  private boolean spanning;
  private Signature.Side side = Signature.Side.OPEN;
  private final List<Known> known = new ArrayList<>();

  /**
   * Collects the examples of one shard.
   *
   * @param chunk the memory of the chunk, which the next shard can use again
   */
  ExampleChunks(int shard, long maxBytes, Chunk.Builder chunk, Consumer<Chunk> out) {
    this.chunk = chunk;
    this.shard = shard;
    this.maxBytes = maxBytes;
    this.out = out;
  }

  /**
   * Begins the examples of a unit.
   *
   * @param decided what is decided about their side
   */
  void beginUnit(Fingerprint fingerprint, Signature.Side decided) {
    unit = fingerprint;
    side = decided;
    known.clear();
    unitClasses.clear();
    unitStart = chunk.position();
    classesBefore = classes.size();
    unitLineBytes = 0;
    spanning = false;
  }

  /** Says that the validation input has a row of the current unit. */
  void hold() {
    side = Signature.Side.GIVEN;
  }

  /** Begins a part of the current unit that is remembered as one. */
  void beginKey() {
    keyStart = chunk.position();
  }

  /** Adds what is to be remembered of the current unit. */
  void remember(Known entry) {
    known.add(entry);
  }

  /**
   * Says that the dataset before has the examples since {@link #beginKey}. Those that do not fit
   * into one chunk count as changed, all of them: the first ones are written before the last are
   * known.
   */
  void setUnchanged() {
    if (keyStart >= 0) {
      chunk.setUnchanged(keyStart);
    }
  }

  /** Adds a near copy, an example of the current unit that is added next. */
  void addLink(Fingerprint id, Fingerprint other) {
    chunk.addLink(id, other);
  }

  /** Adds an example of the current unit. */
  void add(@Nullable String givenClass, int tokens, ByteBuffer line) {
    long length = line.remaining() + 1L;
    makeRoom(length);
    String className = givenClass == null || isCounted(givenClass) ? givenClass : "";
    chunk.addLine(className == null ? -1 : indexOf(className), tokens, line);
    lineBytes += length;
    unitLineBytes += length;
    unitClasses.merge(className == null ? "" : className, 1, Integer::sum);
  }

  private boolean isCounted(String className) {
    if (shardClasses.contains(className)) {
      return true;
    }
    if (shardClasses.size() > MOST_CLASSES || nameChars > MOST_NAME_CHARS) {
      return false;
    }
    nameChars += className.length();
    return shardClasses.add(className);
  }

  private int indexOf(String className) {
    return classes.computeIfAbsent(className, name -> classes.size());
  }

  private void makeRoom(long lineLength) {
    if (lineBytes + lineLength <= maxBytes) {
      return;
    }
    if (unitStart > 0) {
      // Writes the prompts before; the current unit so far begins the next chunk.
      int start = unitStart;
      byte[] rest = chunk.cutFrom(start);
      List<String> names = List.copyOf(classes.keySet());
      classes.values().removeIf(classIndex -> classIndex >= classesBefore);
      flush();
      chunk.putBack(rest, classIndex -> indexOf(names.get(classIndex)));
      keyStart -= start;
      lineBytes = unitLineBytes;
    }
    if (lineBytes > 0 && lineBytes + lineLength > maxBytes) {
      spanning = true;
      known.forEach(chunk::addKnown);
      known.clear();
      chunk.addSpanning(unit);
      keyStart = keyStart == chunk.position() ? 0 : IN_EARLIER_CHUNK;
      flush();
      unitLineBytes = 0;
    }
  }

  /** Ends the current unit. */
  void endUnit() {
    if (unitClasses.isEmpty()) {
      return;
    }
    known.forEach(chunk::addKnown);
    Signature signature = signature();
    if (spanning) {
      chunk.addSpanning(unit);
      spanningPrompts.put(unit, signature);
      return;
    }
    int signatureIndex = signatures.computeIfAbsent(signature, s -> signatures.size());
    prompts
        .computeIfAbsent(signature, s -> new HashMap<>())
        .merge(ShardSummary.bucket(unit.order()), 1, Integer::sum);
    chunk.addGroup(signatureIndex, unit.order());
  }

  private Signature signature() {
    if (unitClasses.size() == 1 && side == Signature.Side.OPEN) {
      String only = unitClasses.firstKey();
      if (unitClasses.getOrDefault(only, 0) == 1) {
        return Signature.single(only);
      }
    }
    return new Signature(
        new ArrayList<>(unitClasses.keySet()), new ArrayList<>(unitClasses.values()), side);
  }

  /** Emits the last chunk. */
  void finish() {
    if (chunk.position() > 0) {
      flush();
    }
  }

  private void flush() {
    out.accept(
        chunk.build(
            shard, index++, List.copyOf(classes.keySet()), List.copyOf(signatures.keySet())));
    classes.clear();
    signatures.clear();
    unitStart = 0;
    lineBytes = 0;
  }

  /** The number of prompts of each signature by bucket of their order, without spanning ones. */
  SortedMap<Signature, SortedMap<Integer, Integer>> prompts() {
    SortedMap<Signature, SortedMap<Integer, Integer>> sorted = new TreeMap<>();
    prompts.forEach((signature, buckets) -> sorted.put(signature, new TreeMap<>(buckets)));
    return sorted;
  }

  /** The prompts that did not fit into one chunk. */
  SortedMap<Fingerprint, Signature> spanningPrompts() {
    return spanningPrompts;
  }
}
