package dev.tunebeam.transforms.deduplicate;

import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.row.RangeStats;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.row.Source;
import dev.tunebeam.transforms.shard.NearCounts;
import java.io.Serializable;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The statistics of one shard, or of all shards once merged: counts, never rows. Size grows with
 * the number of signatures times buckets, of distinct token counts and of input ranges. Class names
 * are kept whole; with more than 10,000 names, or more than 10 million characters in total, only
 * this fact is kept, and no prompt has a signature.
 *
 * <p>One file because fields, merging and encoding change together.
 */
public final class ShardSummary implements Serializable {

  /** Buckets of the order of prompts, in which the split is decided roughly. */
  private static final int BUCKET_BITS = 6;

  private static final int LENGTH_BITS = 7;

  /** Listed positions per reason. */
  static final int PLACES = 5;

  private long rows;
  private long read;
  private long filtered;
  private long duplicates;
  private long nearCopies;
  private long contaminated;
  private long bothSides;
  private long similar;
  private NearCounts near = NearCounts.NONE;
  private long prompts;
  private long conflicts;
  private long ties;
  private long kept;
  private long cleaned;
  private long truncated;
  private long images;
  private long unsizedImages;
  private final TreeMap<Reason, Long> rejected = new TreeMap<>();
  private final TreeMap<Reason, TreeMap<Source, String>> places = new TreeMap<>();
  private final TreeMap<Integer, Long> tokenCounts = new TreeMap<>();
  private final TreeMap<Integer, Long> lineLengths = new TreeMap<>();
  private final TreeMap<Signature, TreeMap<Integer, Integer>> strata = new TreeMap<>();
  private final TreeMap<Fingerprint, Signature> spanning = new TreeMap<>();
  private final TreeSet<String> classNames = new TreeSet<>();
  private long nameChars;
  private boolean tooManyClasses;
  private final TreeMap<Integer, TreeMap<Integer, Long>> positions = new TreeMap<>();
  private final TreeMap<Integer, Long> rowsByFile = new TreeMap<>();
  private final TreeMap<Integer, Long> evaluation = new TreeMap<>();

  void addStats(RangeStats stats) {
    rows += stats.rows();
    read += stats.rows();
    filtered += stats.filtered();
    rowsByFile.merge(stats.file(), stats.rows(), Long::sum);
    positions
        .computeIfAbsent(stats.file(), file -> new TreeMap<>())
        .put(stats.range(), stats.positions());
  }

  /** Counts a further example of the same row. */
  void addFurtherExample() {
    read++;
  }

  void addDuplicate() {
    duplicates++;
  }

  void addNearCopy() {
    nearCopies++;
  }

  void addContaminated() {
    contaminated++;
  }

  void addBothSides() {
    bothSides++;
  }

  /** Counts an example that shares a phrase with the evaluation set of that file. */
  void addEvaluation(int file) {
    evaluation.merge(file, 1L, Long::sum);
  }

  void addSimilar() {
    similar++;
  }

  void addNear(NearCounts counts) {
    near = near.plus(counts);
  }

  void addPrompt() {
    prompts++;
  }

  void addConflict() {
    conflicts++;
  }

  void addTie() {
    ties++;
  }

  void addRejected(Rejected row) {
    rejected.merge(row.reason(), 1L, Long::sum);
    TreeMap<Source, String> first = places.computeIfAbsent(row.reason(), r -> new TreeMap<>());
    add(first, row.source(), row.message());
    trim(first);
  }

  /**
   * Counts an example of the dataset.
   *
   * @param bytes length of its line
   */
  void addKept(int tokens, int bytes, boolean wasCleaned, boolean wasTruncated) {
    kept++;
    tokenCounts.merge(tokens, 1L, Long::sum);
    lineLengths.merge(rounded(bytes), 1L, Long::sum);
    cleaned += wasCleaned ? 1 : 0;
    truncated += wasTruncated ? 1 : 0;
  }

  /**
   * A length with its seven highest bits, so to within 1 %: there are few, however long texts are.
   */
  private static int rounded(int bytes) {
    int lost = Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(bytes) - LENGTH_BITS);
    return bytes >> lost << lost;
  }

  void addImages(int number, int unsized) {
    images += number;
    unsizedImages += unsized;
  }

  /** The bucket of a prompt's order: a higher one for higher orders. */
  public static int bucket(long order) {
    return (int) (order >>> (Long.SIZE - BUCKET_BITS));
  }

  void addPrompts(SortedMap<Signature, ? extends SortedMap<Integer, Integer>> prompts) {
    addStrata(prompts);
    prompts.keySet().forEach(this::addNames);
    trimClasses();
  }

  private void addStrata(SortedMap<Signature, ? extends SortedMap<Integer, Integer>> more) {
    more.forEach(
        (signature, byBucket) -> {
          TreeMap<Integer, Integer> sums = strata.computeIfAbsent(signature, s -> new TreeMap<>());
          byBucket.forEach((bucket, count) -> sums.merge(bucket, count, Integer::sum));
        });
  }

  void addSpanning(Map<Fingerprint, Signature> prompts) {
    spanning.putAll(prompts);
    prompts.values().forEach(this::addNames);
    trimClasses();
  }

  private void addNames(Signature signature) {
    for (String name : signature.classes()) {
      if (classNames.add(name)) {
        nameChars += name.length();
      }
    }
  }

  /**
   * The order of merging does not matter: the limits are exceeded in the end if they are in total.
   */
  private void trimClasses() {
    tooManyClasses |=
        classNames.size() > ExampleChunks.MOST_CLASSES || nameChars > ExampleChunks.MOST_NAME_CHARS;
    if (tooManyClasses) {
      strata.clear();
      spanning.clear();
      classNames.clear();
      nameChars = 0;
    }
  }

  /** Adds another summary; the order of merging does not matter. */
  public void merge(ShardSummary other) {
    rows += other.rows;
    read += other.read;
    filtered += other.filtered;
    duplicates += other.duplicates;
    nearCopies += other.nearCopies;
    contaminated += other.contaminated;
    bothSides += other.bothSides;
    similar += other.similar;
    near = near.plus(other.near);
    prompts += other.prompts;
    conflicts += other.conflicts;
    ties += other.ties;
    kept += other.kept;
    cleaned += other.cleaned;
    truncated += other.truncated;
    images += other.images;
    unsizedImages += other.unsizedImages;
    other.rejected.forEach((reason, count) -> rejected.merge(reason, count, Long::sum));
    other.places.forEach(
        (reason, more) -> {
          TreeMap<Source, String> first = places.computeIfAbsent(reason, r -> new TreeMap<>());
          more.forEach((source, message) -> add(first, source, message));
          trim(first);
        });
    other.tokenCounts.forEach((tokens, count) -> tokenCounts.merge(tokens, count, Long::sum));
    other.lineLengths.forEach((bytes, count) -> lineLengths.merge(bytes, count, Long::sum));
    addStrata(other.strata);
    spanning.putAll(other.spanning);
    other.strata.keySet().forEach(this::addNames);
    other.spanning.values().forEach(this::addNames);
    tooManyClasses |= other.tooManyClasses;
    trimClasses();
    other.evaluation.forEach((file, count) -> evaluation.merge(file, count, Long::sum));
    other.rowsByFile.forEach((file, rows) -> rowsByFile.merge(file, rows, Long::sum));
    other.positions.forEach(
        (file, byRange) -> positions.computeIfAbsent(file, f -> new TreeMap<>()).putAll(byRange));
  }

  /** Keeps one of several examples of a row, independent of their order. */
  private static void add(Map<Source, String> first, Source source, String message) {
    first.merge(source, message, (a, b) -> a.compareTo(b) <= 0 ? a : b);
  }

  private static void trim(SortedMap<Source, String> first) {
    while (first.size() > PLACES) {
      first.remove(first.lastKey());
    }
  }

  /** Rows of the input. */
  public long rows() {
    return rows;
  }

  /** Examples in the input, rejected and filtered rows included. */
  public long read() {
    return read;
  }

  /** Rows that {@code where} leaves out. */
  public long filtered() {
    return filtered;
  }

  public long duplicates() {
    return duplicates;
  }

  /** Examples removed as near copies. */
  public long nearCopies() {
    return nearCopies;
  }

  /** Examples removed because they share a long phrase with an evaluation set. */
  public long contaminated() {
    return contaminated;
  }

  /** Examples removed because what they belong to was on both sides of the split. */
  public long bothSides() {
    return bothSides;
  }

  /** Kept examples that are listed as similar to another. */
  public long similar() {
    return similar;
  }

  /** Examples that share a phrase with an evaluation set, by the index of its file. */
  public SortedMap<Integer, Long> evaluation() {
    return evaluation;
  }

  /** What was found when texts were compared. */
  public NearCounts near() {
    return near;
  }

  /** Distinct prompts of all examples, of rejected conflicts too. */
  public long prompts() {
    return prompts;
  }

  /** Prompts with different completions. */
  public long conflicts() {
    return conflicts;
  }

  /** Conflicts whose most frequent completion is not the only one. */
  public long ties() {
    return ties;
  }

  /** Examples in the dataset. */
  public long kept() {
    return kept;
  }

  /** Kept examples from whose text a delimiter was removed. */
  public long cleaned() {
    return cleaned;
  }

  /** Kept examples whose prompt was truncated. */
  public long truncated() {
    return truncated;
  }

  /** Images of the kept examples. */
  public long images() {
    return images;
  }

  /** Images of unknown size, whose tokens are not counted. */
  public long unsizedImages() {
    return unsizedImages;
  }

  public SortedMap<Reason, Long> rejected() {
    return rejected;
  }

  public long rejectedTotal() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The first positions per reason, with their messages. */
  public SortedMap<Reason, ? extends SortedMap<Source, String>> places() {
    return places;
  }

  /** Number of kept examples by token count. */
  public SortedMap<Integer, Long> tokenCounts() {
    return tokenCounts;
  }

  /** Number of kept examples by the length of their line in bytes, to within 1 %. */
  public SortedMap<Integer, Long> lineLengths() {
    return lineLengths;
  }

  /**
   * Whether there are more classes than allowed, or their names are too long; then none is counted.
   */
  public boolean hasTooManyClasses() {
    return tooManyClasses;
  }

  /**
   * Kept examples per class, as the writers count them: the empty name stands for a blank class and
   * for none.
   */
  public SortedMap<String, Long> classes() {
    TreeMap<String, Long> classes = new TreeMap<>();
    strata.forEach(
        (signature, byBucket) ->
            count(
                signature,
                byBucket.values().stream().mapToLong(Integer::longValue).sum(),
                classes));
    spanning.values().forEach(signature -> count(signature, 1, classes));
    return classes;
  }

  private static void count(Signature signature, long prompts, Map<String, Long> classes) {
    for (int i = 0; i < signature.classes().size(); i++) {
      classes.merge(signature.classes().get(i), prompts * signature.sizes().get(i), Long::sum);
    }
  }

  /** Number of prompts of each signature, by {@linkplain #bucket bucket} of their order. */
  public SortedMap<Signature, ? extends SortedMap<Integer, Integer>> strata() {
    return strata;
  }

  /** Prompts that do not fit into one chunk. */
  public SortedMap<Fingerprint, Signature> spanning() {
    return spanning;
  }

  /** Rows per file, by its index. */
  public SortedMap<Integer, Long> rowsByFile() {
    return rowsByFile;
  }

  /** Number of positions in each range, by file and range. */
  public SortedMap<Integer, ? extends SortedMap<Integer, Long>> positions() {
    return positions;
  }
}
