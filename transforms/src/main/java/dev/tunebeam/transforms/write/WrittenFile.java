package dev.tunebeam.transforms.write;

import java.io.Serializable;
import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file that a chunk was written to, or would have been in a dry run. Its name still depends on
 * the shard.
 *
 * @param kind its content
 * @param shard the shard
 * @param index the index of the chunk in the shard
 * @param records number of lines, or of entries
 * @param bytes size
 * @param sha256 of the content, in hexadecimal
 * @param tokens the examples' tokens
 * @param billableTokens the examples' tokens, each example capped at the model's limit
 * @param classes examples per class; an empty name if the corpus has no classes
 * @param tokenCounts examples by token count; empty if every example of the corpus is written
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
    SortedMap<String, Long> classes,
    SortedMap<Integer, Long> tokenCounts)
    implements Comparable<WrittenFile>, Serializable {

  /** Makes an immutable copy; refuses an empty file. */
  public WrittenFile {
    if (records < 1 || bytes < records) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d records, %d bytes", records, bytes));
    }
    classes = Collections.unmodifiableSortedMap(new TreeMap<>(classes));
    tokenCounts = Collections.unmodifiableSortedMap(new TreeMap<>(tokenCounts));
  }

  private static final Comparator<WrittenFile> ORDER =
      Comparator.comparing(WrittenFile::kind)
          .thenComparingInt(WrittenFile::shard)
          .thenComparingInt(WrittenFile::index);

  /** The kind of a file, in the order of the manifest. */
  public enum Kind {
    TRAIN,
    VALIDATION,
    REJECTED,
    CONFLICTS,
    REMOVED,
    SIMILAR,
    SIDES;

    /** The extension of file names: all but the sides are lines. */
    public String extension() {
      return this == SIDES ? ".bin" : ".jsonl";
    }

    /** The prefix of file names. */
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
    return String.format(Locale.ROOT, "%s-%05d-%05d%s", kind, shard, index, kind.extension());
  }

  @Override
  public int compareTo(WrittenFile other) {
    return ORDER.compare(this, other);
  }
}
