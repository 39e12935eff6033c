package dev.tunebeam.transforms.read.input;

import dev.tunebeam.transforms.files.BeamFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;

/**
 * Opens files on any Beam file system. A storage failure is an {@link UncheckedIOException} and
 * fails the attempt, which the runner may retry; an {@link IOException} from a decompressor means a
 * corrupt file.
 */
public final class RangeStream {

  private RangeStream() {}

  /**
   * The stored bytes of a range: from its start, or from one byte before unless that is the file's
   * start.
   */
  public static InputStream open(InputRange range) {
    return open(range.path(), Math.max(0, range.start() - 1));
  }

  /** The stored bytes of a file from {@code from} on. */
  public static InputStream open(String path, long from) {
    try {
      ReadableByteChannel channel = BeamFiles.open(path);
      InputStream stored = new StoredBytes(Channels.newInputStream(channel));
      if (channel instanceof SeekableByteChannel seekable) {
        seekable.position(from);
      } else {
        stored.skipNBytes(from);
      }
      return stored;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
