package dev.tunebeam.launcher.provider;

import dev.tunebeam.dataset.Sha256;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.process.IoReason;
import dev.tunebeam.launcher.process.LauncherException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of shards in order, each hashed while it is read. The last bytes of a shard are handed
 * out only if its hash is that of the manifest. One shard is open at a time.
 */
final class ShardStream extends InputStream {

  private final List<DatasetFile.Shard> shards;
  private int next;
  private InputStream current = InputStream.nullInputStream();
  private MessageDigest hash = Sha256.create();

  /** The bytes of the current shard that are still to be read. */
  private long left;

  ShardStream(List<DatasetFile.Shard> shards) {
    this.shards = shards;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    while (left == 0) {
      close();
      if (next == shards.size()) {
        return -1;
      }
      open(shards.get(next++));
    }
    DatasetFile.Shard shard = shards.get(next - 1);
    int read = read(shard, buffer, offset, (int) Math.min(length, left));
    hash.update(buffer, offset, read);
    left -= read;
    if (left == 0 && !Sha256.hex(hash).equals(shard.sha256())) {
      throw changed(shard, null);
    }
    return read;
  }

  private void open(DatasetFile.Shard shard) {
    try {
      current = Files.newInputStream(shard.path());
    } catch (IOException e) {
      throw failure(shard, e);
    }
    hash = Sha256.create();
    left = shard.bytes();
  }

  private int read(DatasetFile.Shard shard, byte[] buffer, int offset, int length) {
    try {
      int read = current.read(buffer, offset, length);
      if (read < 0) {
        throw new EOFException();
      }
      return read;
    } catch (IOException e) {
      throw failure(shard, e);
    }
  }

  /** Not a network failure, so a retry of the request does not help. */
  private static LauncherException failure(DatasetFile.Shard shard, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new DatasetChangedException(
          "%s is listed in the manifest but missing; prepare the dataset again with --overwrite"
              .formatted(shard.path()),
          e);
    }
    return e instanceof EOFException
        ? changed(shard, e)
        : new LauncherException(
            ExitCode.FAILED, "%s cannot be read: %s".formatted(shard.path(), IoReason.of(e)), e);
  }

  private static DatasetChangedException changed(
      DatasetFile.Shard shard, @Nullable Throwable cause) {
    return new DatasetChangedException(
        "%s does not match its SHA-256 in the manifest; prepare the dataset again with --overwrite"
            .formatted(shard.path()),
        cause);
  }

  @Override
  public void close() {
    try {
      current.close();
    } catch (IOException e) {
      throw new LauncherException(ExitCode.FAILED, "cannot close a shard: " + IoReason.of(e), e);
    }
  }
}
