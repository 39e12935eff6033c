package dev.tunebeam.transforms.deduplicate;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import java.util.ArrayList;
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
 * Collects the examples of a shard, prompt by prompt, into chunks with a maximum size of lines in
 * bytes.
 *
 * <p>A prompt stays in one chunk if it fits; one that does not is spanning, and is identified by
 * its fingerprint. Holds one chunk.
 */
final class ExampleChunks {

  /**
   * Maximum number of classes; with more, free text was most likely taken for class names. The rest
   * count as one class, to bound memory until this is reported.
   */
  static final int MOST_CLASSES = 10_000;

  /** Maximum total length of class names, in characters: 1,000 on average. */
  static final long MOST_NAME_CHARS = 10_000_000;

  private final int shard;
  private final long maxBytes;
  private final Consumer<Chunk> out;

  private final Set<String> shardClasses = new HashSet<>();
  private long nameChars;
  private final Map<String, Integer> classes = new LinkedHashMap<>();
  private final Map<Signature, Integer> signatures = new LinkedHashMap<>();
  private final Map<Signature, Integer> prompts = new TreeMap<>();
  private final TreeMap<Fingerprint, Signature> spanningPrompts = new TreeMap<>();

  private final Chunk.Builder chunk = new Chunk.Builder();
  private int index;
  private long lineBytes;

  private Fingerprint prompt = new Fingerprint(0, 0);
  private final SortedMap<String, Integer> promptClasses = new TreeMap<>();
  private int promptStart;
  private int classesBefore;
  private long promptLineBytes;
  private boolean spanning;
  private boolean given;

  ExampleChunks(int shard, long maxBytes, Consumer<Chunk> out) {
    this.shard = shard;
    this.maxBytes = maxBytes;
    this.out = out;
  }

  /**
   * Begins the examples of a prompt.
   *
   * @param isGiven whether the validation input has it
   */
  void beginPrompt(Fingerprint fingerprint, boolean isGiven) {
    prompt = fingerprint;
    given = isGiven;
    promptClasses.clear();
    promptStart = chunk.position();
    classesBefore = classes.size();
    promptLineBytes = 0;
    spanning = false;
  }

  /** Adds an example of the current prompt. */
  void add(@Nullable String givenClass, int tokens, byte[] line) {
    makeRoom(line.length + 1L);
    String className = givenClass == null || isCounted(givenClass) ? givenClass : "";
    chunk.addLine(className == null ? -1 : indexOf(className), tokens, line);
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
      // Writes the prompts before; the current prompt so far begins the next chunk.
      byte[] rest = chunk.cutFrom(promptStart);
      List<String> names = List.copyOf(classes.keySet());
      classes.values().removeIf(classIndex -> classIndex >= classesBefore);
      flush();
      chunk.putBack(rest, classIndex -> indexOf(names.get(classIndex)));
      lineBytes = promptLineBytes;
    }
    if (lineBytes > 0 && lineBytes + lineLength > maxBytes) {
      spanning = true;
      chunk.addSpanning(prompt);
      flush();
      promptLineBytes = 0;
    }
  }

  /** Ends the current prompt. */
  void endPrompt() {
    if (promptClasses.isEmpty()) {
      return;
    }
    Signature signature = signature();
    if (spanning) {
      chunk.addSpanning(prompt);
      spanningPrompts.put(prompt, signature);
      return;
    }
    int signatureIndex = signatures.computeIfAbsent(signature, s -> signatures.size());
    int rank = prompts.merge(signature, 1, Integer::sum) - 1;
    chunk.addGroup(signatureIndex, rank);
  }

  private Signature signature() {
    if (promptClasses.size() == 1 && !given) {
      String only = promptClasses.firstKey();
      if (promptClasses.getOrDefault(only, 0) == 1) {
        return Signature.single(only);
      }
    }
    return new Signature(
        new ArrayList<>(promptClasses.keySet()), new ArrayList<>(promptClasses.values()), given);
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
    promptStart = 0;
    lineBytes = 0;
  }

  /** The number of prompts of each signature in the shard, without spanning ones. */
  Map<Signature, Integer> prompts() {
    return prompts;
  }

  /** The prompts that did not fit into one chunk. */
  SortedMap<Fingerprint, Signature> spanningPrompts() {
    return spanningPrompts;
  }
}
