package dev.tunebeam.launcher.standin;

import okio.ByteString;

/**
 * A file at the provider.
 *
 * @param createdAt Unix seconds
 */
public record StoredFile(
    String id, String filename, String purpose, ByteString content, long createdAt) {

  /** The same file with other bytes. */
  StoredFile withContent(ByteString other) {
    return new StoredFile(id, filename, purpose, other, createdAt);
  }
}
