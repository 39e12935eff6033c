package dev.tunebeam.launcher.provider;

import dev.tunebeam.dataset.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A split as one file: its shards, concatenated. Nothing is copied: the bytes are streamed from the
 * shards during the upload, and compared with the manifest while they are.
 *
 * @param split train or validation
 * @param bytes total size
 */
public record DatasetFile(String split, List<Shard> shards, long examples, long bytes) {

  private static final int HASH_IN_NAME = 16;

  /**
   * A part of the file.
   *
   * @param sha256 of its bytes by the manifest, in hex
   */
  public record Shard(Path path, long bytes, String sha256) {}

  /** Copies. */
  public DatasetFile {
    shards = List.copyOf(shards);
  }

  /**
   * A hash that stands for the bytes, known without reading them: the shard's SHA-256 in hex; of
   * several shards, that of their hashes, a line each.
   */
  public String hash() {
    if (shards.size() == 1) {
      return shards.get(0).sha256();
    }
    var sha256 = Sha256.create();
    for (Shard shard : shards) {
      sha256.update((shard.sha256() + "\n").getBytes(StandardCharsets.US_ASCII));
    }
    return Sha256.hex(sha256);
  }

  /**
   * The name at the provider. It contains the content's hash, so that the same bytes are found
   * again.
   */
  public String name() {
    return "tunebeam-%s-%s.jsonl".formatted(split, hash().substring(0, HASH_IN_NAME));
  }

  /** Whether an uploaded file has these bytes, by its name and size. */
  public boolean isAt(RemoteFile file) {
    return file.name().equals(name()) && file.bytes() == bytes;
  }

  /**
   * A stream from an offset; the caller closes it. Before the last bytes of a shard it throws a
   * {@link DatasetChangedException} if they do not match its SHA-256.
   */
  InputStream open(long offset) throws IOException {
    long skip = offset;
    int first = 0;
    while (first < shards.size() && skip >= shards.get(first).bytes()) {
      skip -= shards.get(first++).bytes();
    }
    InputStream in = new ShardStream(shards.subList(first, shards.size()));
    in.skipNBytes(skip); // read too: the hash is that of the whole shard
    return in;
  }

  /**
   * Reads the file once and compares it with the manifest, for a use that is no upload.
   *
   * @return this file
   * @throws DatasetChangedException if a shard does not match
   */
  public DatasetFile verified() {
    try (InputStream in = open(0)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new IllegalStateException(e); // the stream has its own exceptions
    }
    return this;
  }
}
