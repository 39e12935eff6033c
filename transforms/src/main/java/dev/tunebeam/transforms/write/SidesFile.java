package dev.tunebeam.transforms.write;

import dev.tunebeam.dataset.Sha256;
import dev.tunebeam.transforms.files.BeamFiles;
import dev.tunebeam.transforms.sides.Known;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The file with the sides of the prompts of one shard while it is written: entries one after the
 * other, and nothing else. Created with its first entry; in a dry run they are only counted.
 */
final class SidesFile implements Consumer<Known>, AutoCloseable {

  private static final int BUFFER = 1 << 16;

  private final int shard;
  private final @Nullable String folder;
  private final MessageDigest sha256;
  private final byte[] bytes = new byte[Known.BYTES];
  private @Nullable OutputStream out;
  private long entries;

  /**
   * @param folder the output folder, null for a dry run
   */
  SidesFile(int shard, @Nullable String folder) {
    this.shard = shard;
    this.folder = folder;
    this.sha256 = Sha256.create();
  }

  @Override
  public void accept(Known entry) {
    entry.put(ByteBuffer.wrap(bytes));
    try {
      OutputStream stream = out;
      if (stream == null) {
        stream = open();
        out = stream;
      }
      stream.write(bytes);
      entries++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private OutputStream open() throws IOException {
    OutputStream target =
        folder == null
            ? OutputStream.nullOutputStream()
            : BeamFiles.create(
                BeamFiles.in(folder, WrittenFile.temporaryName(WrittenFile.Kind.SIDES, shard, 0)));
    return new DigestOutputStream(new BufferedOutputStream(target, BUFFER), sha256);
  }

  /** Closes the file; null if nothing was written. */
  @Nullable WrittenFile finish() throws IOException {
    if (out == null) {
      return null;
    }
    close();
    return new WrittenFile(
        WrittenFile.Kind.SIDES,
        shard,
        0,
        entries,
        entries * Known.BYTES,
        Sha256.hex(sha256),
        0,
        0,
        new TreeMap<>(),
        new TreeMap<>());
  }

  @Override
  public void close() throws IOException {
    if (out != null) {
      out.close();
    }
  }
}
