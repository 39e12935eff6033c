package dev.tunebeam.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The digest that identifies a dataset: equal for equal shards with equal file names.
 *
 * <p>It is the SHA-256, in lower-case hex, of a UTF-8 text with one line per shard, in the order of
 * the manifest: the shard's SHA-256 in lower-case hex, two spaces, the file name, a line feed. That
 * is the output of sha256sum, so it can be verified in the folder:
 *
 * <pre>{@code sha256sum train-*.jsonl validation-*.jsonl | sha256sum}</pre>
 *
 * <p>The names are included because they tell training from validation shards.
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
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
