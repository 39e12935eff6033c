package dev.tunebeam.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The name of a dataset: equal for equal shards under equal names, different otherwise.
 *
 * <p>It is the SHA-256, in lower-case hex, of the UTF-8 text that has one line a shard, in the
 * order of the manifest: the shard's SHA-256 in lower-case hex, two blanks, the file's name, a line
 * feed. That is what sha256sum prints, so anybody can check it within the folder:
 *
 * <pre>{@code sha256sum train-*.jsonl validation-*.jsonl | sha256sum}</pre>
 *
 * <p>The names are in it because they say which shard trains and which validates.
 */
public final class DatasetDigest {

  private DatasetDigest() {}

  /** The digest of the shards in this order; of no shards, the SHA-256 of nothing. */
  public static String of(List<Manifest.Shard> shards) {
    MessageDigest sha256 = sha256();
    for (Manifest.Shard shard : shards) {
      sha256.update((shard.sha256() + "  " + shard.file() + "\n").getBytes(UTF_8));
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
