package dev.tunebeam.launcher.standin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** An multipart upload: pending until it is completed, cancelled, or an hour old. */
public final class PartedUpload {
  static final long LIFE_SECONDS = 3600;

  private final String id;
  private final String filename;
  private final String purpose;
  private final long bytes;
  private final long createdAt;
  private final Map<String, ByteString> parts = new LinkedHashMap<>();
  private String status = "pending";
  private @Nullable String fileId;

  PartedUpload(String id, String filename, String purpose, long bytes, long createdAt) {
    this.id = id;
    this.filename = filename;
    this.purpose = purpose;
    this.bytes = bytes;
    this.createdAt = createdAt;
  }

  /** The upload's id. */
  public String id() {
    return id;
  }

  /** The name that the file will have. */
  public String filename() {
    return filename;
  }

  String purpose() {
    return purpose;
  }

  /** The bytes that were promised. */
  public long bytes() {
    return bytes;
  }

  long createdAt() {
    return createdAt;
  }

  /** pending, completed, cancelled; expired is for the caller to see by the clock. */
  public String status() {
    return status;
  }

  /** The file, once completed. */
  public @Nullable String fileId() {
    return fileId;
  }

  /** The parts' ids in order of arrival, also those that completion left out. */
  public List<String> partIds() {
    return new ArrayList<>(parts.keySet());
  }

  void addPart(String partId, ByteString content) {
    parts.put(partId, content);
  }

  @Nullable ByteString part(String partId) {
    return parts.get(partId);
  }

  boolean expired(long now) {
    return status.equals("pending") && now >= createdAt + LIFE_SECONDS;
  }

  void cancel() {
    status = "cancelled";
  }

  void complete(String file) {
    status = "completed";
    fileId = file;
  }
}
