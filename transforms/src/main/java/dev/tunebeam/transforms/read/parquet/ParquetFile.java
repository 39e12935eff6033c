package dev.tunebeam.transforms.read.parquet;

import dev.tunebeam.transforms.files.BeamFiles;
import dev.tunebeam.transforms.read.input.StoredBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A file on any Beam file system, for Parquet's reader. A storage failure is an {@link
 * UncheckedIOException}, so that it is not taken for a corrupt file.
 */
record ParquetFile(String path) implements InputFile {

  @Override
  public long getLength() throws IOException {
    try (SeekableByteChannel channel = open()) {
      return channel.size();
    }
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    return new Stream(open());
  }

  /** The path, for messages of Parquet's reader. */
  @Override
  public String toString() {
    return path;
  }

  private SeekableByteChannel open() throws IOException {
    ReadableByteChannel channel;
    try {
      channel = BeamFiles.open(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (channel instanceof SeekableByteChannel seekable) {
      return seekable;
    }
    channel.close();
    throw new IOException("its file system cannot read from the middle of a file; copy it first");
  }

  /** A seekable stream. */
  private static final class Stream extends DelegatingSeekableInputStream {

    private final SeekableByteChannel channel;

    Stream(SeekableByteChannel channel) {
      super(new StoredBytes(Channels.newInputStream(channel)));
      this.channel = channel;
    }

    @Override
    public long getPos() {
      try {
        return channel.position();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void seek(long position) {
      try {
        channel.position(position);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
