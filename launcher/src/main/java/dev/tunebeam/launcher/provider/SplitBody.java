package dev.tunebeam.launcher.provider;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/**
 * A range of a {@link DatasetFile} as a request body, streamed from the shards. It breaks off with
 * a {@link DatasetChangedException} before its last bytes if they are not those of the manifest, so
 * that the provider does not get the request whole. A shard larger than the range is read from its
 * beginning where the range has its end.
 */
public final class SplitBody extends RequestBody {

  private static final MediaType JSONL = MediaType.get("application/jsonl");
  private static final MediaType BINARY = MediaType.get("application/octet-stream");
  private static final int BUFFER = 1 << 16;

  private final DatasetFile file;
  private final long offset;
  private final long length;
  private final LongConsumer sent;
  private final MediaType type;

  /** The bytes reported to {@link #sent}; a resent body reports only new ones. */
  private long told;

  /**
   * A range of a file.
   *
   * @param sent receives the number of bytes sent, each byte once
   */
  public SplitBody(DatasetFile file, long offset, long length, LongConsumer sent) {
    this(file, offset, length, sent, JSONL);
  }

  private SplitBody(DatasetFile file, long offset, long length, LongConsumer sent, MediaType type) {
    this.file = file;
    this.offset = offset;
    this.length = length;
    this.sent = sent;
    this.type = type;
  }

  /** The whole file. */
  public static SplitBody of(DatasetFile file, LongConsumer sent) {
    return new SplitBody(file, 0, file.bytes(), sent);
  }

  /** The whole file as an octet stream, for object stores. */
  public static SplitBody binary(DatasetFile file, LongConsumer sent) {
    return new SplitBody(file, 0, file.bytes(), sent, BINARY);
  }

  @Override
  public MediaType contentType() {
    return type;
  }

  @Override
  public long contentLength() {
    return length;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long left = length;
    try (InputStream in = file.open(offset)) {
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        sink.write(buffer, 0, read);
        left -= read;
        long fresh = length - left - told;
        if (fresh > 0) {
          told += fresh;
          sent.accept(fresh);
        }
      }
    }
  }
}
