package dev.tunebeam.launcher.provider;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A split as one file: its shards, concatenated. Nothing is copied; the bytes are streamed from the
 * shards during the upload.
 *
 * @param split train or validation
 * @param bytes total size
 * @param sha256 of the concatenation, in hex
 * @param md5 of the concatenation, in hex
 */
public record DatasetFile(
    String split, List<Shard> shards, long examples, long bytes, String sha256, String md5) {

  private static final int HASH_IN_NAME = 16;

  /** A part of the file. */
  public record Shard(Path path, long bytes) {}

  /** Copies. */
  public DatasetFile {
    shards = List.copyOf(shards);
  }

  /**
   * The name at the provider. It contains the content's hash, so that the same bytes are found
   * again.
   */
  public String name() {
    return "tunebeam-%s-%s.jsonl".formatted(split, sha256.substring(0, HASH_IN_NAME));
  }

  /** A stream from an offset; the caller closes it. */
  InputStream open(long offset) throws IOException {
    long skip = offset;
    int first = 0;
    while (first < shards.size() && skip >= shards.get(first).bytes()) {
      skip -= shards.get(first++).bytes();
    }
    List<Shard> rest = shards.subList(first, shards.size());
    InputStream in = new ShardStream(rest);
    in.skipNBytes(skip);
    return in;
  }

  /** One shard open at a time. */
  private static final class ShardStream extends InputStream {
    private final List<Shard> shards;
    private int next;
    private InputStream current = InputStream.nullInputStream();

    ShardStream(List<Shard> shards) {
      this.shards = shards;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      while (true) {
        int read = current.read(buffer, offset, length);
        if (read >= 0) {
          return read;
        }
        current.close();
        if (next == shards.size()) {
          current = InputStream.nullInputStream();
          return -1;
        }
        current = Files.newInputStream(shards.get(next++).path());
      }
    }

    @Override
    public void close() throws IOException {
      current.close();
    }
  }
}
