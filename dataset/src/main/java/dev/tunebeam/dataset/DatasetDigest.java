package dev.tunebeam.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.List;

/**
 * The digest that identifies a dataset: equal for equal shards with equal file names.
 *
 * <p>It is the SHA-256, in lower-case hex, of a UTF-8 text with one line per shard, in the order of
 * the manifest: the shard's SHA-256 in lower-case hex, two spaces, the file name, a line feed. That
 * is the output of sha256sum, so it can be verified in the folder of the shards:
 *
 * <pre>{@code sha256sum train-*.jsonl validation-*.jsonl | sha256sum}</pre>
 *
 * <p>The names are included because they tell training from validation shards; the folder is not,
 * so that it says nothing about the dataset.
 */
public final class DatasetDigest {

  private DatasetDigest() {}

  /** The digest of the shards in this order; of no shards, the SHA-256 of nothing. */
  public static String of(List<Manifest.Shard> shards) {
    return of(
        shards.stream().map(Manifest.Shard::name).toList(),
        shards.stream().map(Manifest.Shard::sha256).toList());
  }

  /** The digest of files of these names and hashes. */
  public static String of(List<String> names, List<String> hashes) {
    MessageDigest sha256 = Sha256.create();
    for (int i = 0; i < names.size(); i++) {
      sha256.update((hashes.get(i) + "  " + names.get(i) + "\n").getBytes(UTF_8));
    }
    return Sha256.hex(sha256);
  }
}
