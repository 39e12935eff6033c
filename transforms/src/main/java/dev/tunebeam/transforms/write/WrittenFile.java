package dev.tunebeam.transforms.write;

import java.io.Serializable;
import java.util.Collections;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file that a chunk was written to, under a name that still depends on the shard; in a dry run,
 * one that would have been.
 *
 * @param kind what is in it
 * @param shard the shard
 * @param index the chunk of the shard
 * @param records lines
 * @param bytes size
 * @param sha256 of the content, in hexadecimal
 * @param tokens the examples' tokens
 * @param billableTokens the examples' tokens, each example at most the model's limit
 * @param classes examples of each class; an empty name where the corpus has none
 */
public record WrittenFile(
    Kind kind,
    int shard,
    int index,
    long records,
    long bytes,
    String sha256,
    long tokens,
    long billableTokens,
    SortedMap<String, Long> classes)
    implements Comparable<WrittenFile>, Serializable {

  /** Copies the classes; refuses an empty file, of which there are none. */
  public WrittenFile {
    if (records < 1 || bytes < records) {
      throw new IllegalArgumentException("%d records, %d bytes".formatted(records, bytes));
    }
    classes = Collections.unmodifiableSortedMap(new TreeMap<>(classes));
  }

  private static final Comparator<WrittenFile> ORDER =
      Comparator.comparing(WrittenFile::kind)
          .thenComparingInt(WrittenFile::shard)
          .thenComparingInt(WrittenFile::index);

  /** What a file holds; the order is that of the manifest. */
  public enum Kind {
    TRAIN,
    VALIDATION,
    REJECTED,
    CONFLICTS;

    /** How file names begin. */
    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** The name until the job is done and all files can be numbered. */
  public String temporaryName() {
    return temporaryName(kind, shard, index);
  }

  static String temporaryName(Kind kind, int shard, int index) {
    return "%s-%05d-%05d.jsonl".formatted(kind, shard, index);
  }

  @Override
  public int compareTo(WrittenFile other) {
    return ORDER.compare(this, other);
  }
}
