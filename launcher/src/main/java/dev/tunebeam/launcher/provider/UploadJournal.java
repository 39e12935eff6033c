package dev.tunebeam.launcher.provider;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** What is known of an upload in parts, kept on disk so that a restart sends the rest only. */
public interface UploadJournal {

  /**
   * An upload that was begun.
   *
   * @param id the provider's name of it
   * @param sha256 of the file that it is for
   * @param parts ids of the parts that are there, by number from 0
   */
  record Session(String id, String sha256, Instant expiresAt, SortedMap<Integer, String> parts) {

    /** Copies. */
    public Session {
      parts = new TreeMap<>(parts);
    }

    /** With one part more. */
    public Session with(int part, String partId) {
      TreeMap<Integer, String> more = new TreeMap<>(parts);
      more.put(part, partId);
      return new Session(id, sha256, expiresAt, more);
    }
  }

  /** The upload that is under way for a file, null if there is none. */
  @Nullable Session session(String sha256);

  /** Keeps an upload; returns when it is on disk. */
  void save(Session session);

  /**
   * A count of the bytes of the file that are at the provider, from nothing on: an attempt asks for
   * one of its own. From any thread.
   */
  LongConsumer progress();
}
