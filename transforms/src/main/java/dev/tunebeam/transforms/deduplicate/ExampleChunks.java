package dev.tunebeam.transforms.deduplicate;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
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
 * Collects the examples of a shard, prompt by prompt, into chunks of at most so many bytes of
 * lines.
 *
 * <p>A prompt stays in one chunk where it fits into one; one that does not is spanning, and is told
 * apart by its fingerprint. Holds one chunk.
 *
 * <pre>
 * body:   for each example: index of its group 4 | index of its class, -1 for none, 4 | tokens 4 | length 4 | line
 * groups: for each prompt: index of its signature 4 | rank 4, or -1 4 | fingerprint 16 where it is spanning
 * </pre>
 */
final class ExampleChunks {

  /**
   * More classes than anybody trains a classifier on: whoever has more took free text for classes.
   * The rest count as one class, so that memory stays bounded until that can be said.
   */
  static final int MOST_CLASSES = 10_000;

  /** Characters in the names of all classes: as long a name on average as a text is. */
  static final long MOST_NAME_CHARS = 10_000_000;

  private static final int SPANNING = -1;

  private final int shard;
  private final long maxBytes;
  private final Consumer<Chunk> out;

  private final Set<String> shardClasses = new HashSet<>();
  private long nameChars;
  private final Map<String, Integer> classes = new LinkedHashMap<>();
  private final Map<Signature, Integer> signatures = new LinkedHashMap<>();
  private final Map<Signature, Integer> prompts = new TreeMap<>();
  private final TreeMap<Fingerprint, Signature> spanningPrompts = new TreeMap<>();

  private ByteBuffer body = ByteBuffer.allocate(1 << 16);
  private ByteBuffer groups = ByteBuffer.allocate(1 << 10);
  private int index;
  private int groupsInChunk;
  private long lineBytes;

  private Fingerprint prompt = new Fingerprint(0, 0);
  private final SortedMap<String, Integer> promptClasses = new TreeMap<>();
  private int promptStart;
  private int classesBefore;
  private long promptLineBytes;
  private boolean spanning;

  ExampleChunks(int shard, long maxBytes, Consumer<Chunk> out) {
    this.shard = shard;
    this.maxBytes = maxBytes;
    this.out = out;
  }

  /** The next examples have this prompt. */
  void beginPrompt(Fingerprint fingerprint) {
    prompt = fingerprint;
    promptClasses.clear();
    promptStart = body.position();
    classesBefore = classes.size();
    promptLineBytes = 0;
    spanning = false;
  }

  /** An example of the current prompt. */
  void add(@Nullable String givenClass, int tokens, byte[] line) {
    makeRoom(line.length + 1L);
    String className = givenClass == null || isCounted(givenClass) ? givenClass : "";
    int classIndex = className == null ? -1 : indexOf(className);
    body = withRoom(body, 16 + line.length);
    body.putInt(groupsInChunk).putInt(classIndex).putInt(tokens).putInt(line.length).put(line);
    lineBytes += line.length + 1L;
    promptLineBytes += line.length + 1L;
    promptClasses.merge(className == null ? "" : className, 1, Integer::sum);
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
    if (promptStart > 0) {
      // The prompts before go out; what there is of this one begins the next chunk.
      byte[] rest = Arrays.copyOfRange(body.array(), promptStart, body.position());
      List<String> names = List.copyOf(classes.keySet());
      classes.values().removeIf(classIndex -> classIndex >= classesBefore);
      body.position(promptStart);
      flush();
      body = withRoom(body, rest.length).put(rest);
      renumber(rest.length, names);
      lineBytes = promptLineBytes;
    }
    if (lineBytes > 0 && lineBytes + lineLength > maxBytes) {
      spanning = true;
      putSpanningGroup();
      flush();
      promptLineBytes = 0;
    }
  }

  /** The examples that moved to a new chunk are of its first group, and it has its own classes. */
  private void renumber(int length, List<String> names) {
    for (int at = 0; at < length; at += 16 + body.getInt(at + 12)) {
      body.putInt(at, 0);
      int classIndex = body.getInt(at + 4);
      body.putInt(at + 4, classIndex < 0 ? -1 : indexOf(names.get(classIndex)));
    }
  }

  /** The current prompt has no more examples. */
  void endPrompt() {
    if (promptClasses.isEmpty()) {
      return;
    }
    Signature signature = signature();
    if (spanning) {
      putSpanningGroup();
      spanningPrompts.put(prompt, signature);
      return;
    }
    int signatureIndex = signatures.computeIfAbsent(signature, s -> signatures.size());
    int rank = prompts.merge(signature, 1, Integer::sum) - 1;
    groups = withRoom(groups, 20).putInt(signatureIndex).putInt(rank);
    groupsInChunk++;
  }

  private Signature signature() {
    if (promptClasses.size() == 1) {
      String only = promptClasses.firstKey();
      if (promptClasses.getOrDefault(only, 0) == 1) {
        return Signature.single(only);
      }
    }
    return new Signature(
        new ArrayList<>(promptClasses.keySet()), new ArrayList<>(promptClasses.values()));
  }

  private void putSpanningGroup() {
    groups = withRoom(groups, 20).putInt(SPANNING).putLong(prompt.high()).putLong(prompt.low());
    groupsInChunk++;
  }

  /** Hands out the last chunk. */
  void finish() {
    if (body.position() > 0) {
      flush();
    }
  }

  private void flush() {
    out.accept(
        new Chunk(
            shard,
            index++,
            Chunk.Kind.EXAMPLES,
            Arrays.copyOf(body.array(), body.position()),
            Arrays.copyOf(groups.array(), groups.position()),
            List.copyOf(classes.keySet()),
            List.copyOf(signatures.keySet())));
    body.clear();
    groups.clear();
    classes.clear();
    signatures.clear();
    groupsInChunk = 0;
    promptStart = 0;
    lineBytes = 0;
  }

  private static ByteBuffer withRoom(ByteBuffer buffer, int bytes) {
    if (buffer.remaining() >= bytes) {
      return buffer;
    }
    long wanted = Math.max(2L * buffer.capacity(), (long) buffer.position() + bytes);
    int capacity = (int) Math.min(Integer.MAX_VALUE - 16, wanted);
    return ByteBuffer.allocate(capacity).put(buffer.flip());
  }

  /** How many prompts of each signature the shard has, spanning ones apart. */
  Map<Signature, Integer> prompts() {
    return prompts;
  }

  /** The prompts that did not fit into one chunk. */
  SortedMap<Fingerprint, Signature> spanningPrompts() {
    return spanningPrompts;
  }
}
