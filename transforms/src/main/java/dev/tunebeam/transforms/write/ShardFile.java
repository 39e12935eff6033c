package dev.tunebeam.transforms.write;

import dev.tunebeam.dataset.Sha256;
import dev.tunebeam.transforms.files.BeamFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One file of the dataset while it is written: created with its first line, so that there are no
 * empty files. In a dry run the lines are only counted and hashed.
 */
final class ShardFile implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  private final WrittenFile.Kind kind;
  private final int shard;
  private final int index;
  private final @Nullable String folder;
  private final MessageDigest sha256;
  private final Map<String, Long> classes = new HashMap<>();
  private final TreeMap<Integer, Long> tokenCounts = new TreeMap<>();
  private @Nullable OutputStream out;
  private long records;
  private long bytes;
  private long tokens;
  private long billableTokens;

  /**
   * @param folder the output folder, null for a dry run
   */
  ShardFile(WrittenFile.Kind kind, int shard, int index, @Nullable String folder) {
    this.kind = kind;
    this.shard = shard;
    this.index = index;
    this.folder = folder;
    this.sha256 = Sha256.create();
  }

  /** Writes a line and its line ending. */
  void write(byte[] buffer, int from, int length) throws IOException {
    OutputStream stream = out;
    if (stream == null) {
      stream = open();
      out = stream;
    }
    stream.write(buffer, from, length);
    stream.write('\n');
    records++;
    bytes += length + 1L;
  }

  /** Counts a written example. */
  void count(String className, int exampleTokens, int limit) {
    classes.merge(className, 1L, Long::sum);
    tokens += exampleTokens;
    billableTokens += Math.min(limit, exampleTokens);
  }

  /** Counts the tokens of a written example one by one, if not all examples are written. */
  void count(int exampleTokens) {
    tokenCounts.merge(exampleTokens, 1L, Long::sum);
  }

  private OutputStream open() throws IOException {
    OutputStream target =
        folder == null
            ? OutputStream.nullOutputStream()
            : BeamFiles.create(BeamFiles.in(folder, WrittenFile.temporaryName(kind, shard, index)));
    return new BufferedOutputStream(new DigestOutputStream(target, sha256), BUFFER);
  }

  /** Closes the file; null if nothing was written. */
  @Nullable WrittenFile finish() throws IOException {
    if (out == null) {
      return null;
    }
    close();
    return new WrittenFile(
        kind,
        shard,
        index,
        records,
        bytes,
        Sha256.hex(sha256),
        tokens,
        billableTokens,
        new TreeMap<>(classes),
        tokenCounts);
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
    }
  }
}
