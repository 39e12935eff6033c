package dev.tunebeam.launcher.provider;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The state of a multipart upload, persisted so that a restart only sends the missing parts. */
public interface UploadJournal {

  /**
   * An upload in progress.
   *
   * @param id the provider's upload id
   * @param sha256 the {@link DatasetFile#hash} of the file
   * @param parts ids of the uploaded parts, by number from 0
   */
  record Session(String id, String sha256, Instant expiresAt, SortedMap<Integer, String> parts) {

    /** Copies. */
    public Session {
      parts = new TreeMap<>(parts);
    }

    /** A copy with one more part. */
    public Session with(int part, String partId) {
      TreeMap<Integer, String> more = new TreeMap<>(parts);
      more.put(part, partId);
      return new Session(id, sha256, expiresAt, more);
    }
  }

  /** The upload in progress for a file, null if there is none. */
  @Nullable Session session(String sha256);

  /** Saves an upload; returns when it is on disk. */
  void save(Session session);

  /** A counter of uploaded bytes, starting at 0; one per attempt. Thread-safe. */
  LongConsumer progress();
}
