package dev.tunebeam.runner.spill;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * The values of one key within a buffer: each stands behind the address of the next and its own
 * length.
 */
final class Chain implements Part {

  /** Address and length. */
  static final int HEADER = 2 * Long.BYTES;

  private final PagedBytes pages;
  private long first;
  private long last;
  private long count;
  private long bytes;

  Chain(PagedBytes pages) {
    this.pages = pages;
  }

  /** Takes in the record that was written to the end of the pages. */
  void add(long address) {
    long length = pages.size() - address - HEADER;
    pages.setLong(address + Long.BYTES, length);
    if (count == 0) {
      first = address;
    } else {
      pages.setLong(last, address);
    }
    last = address;
    count++;
    bytes += length;
  }

  void copyTo(FileAppender file) throws IOException {
    long address = first;
    for (long i = 0; i < count; i++) {
      pages.copyTo(file, address + HEADER, pages.getLong(address + Long.BYTES));
      address = pages.getLong(address);
    }
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public InputStream open() {
    return new PartStream(bytes) {
      private long next = first;
      private long at;
      private long leftOfValue;

      @Override
      void refill(long left) {
        while (leftOfValue == 0) {
          at = next + HEADER;
          leftOfValue = pages.getLong(next + Long.BYTES);
          next = pages.getLong(next);
        }
        long some = Math.min(leftOfValue, pages.leftOfPage(at));
        show(pages.page(at), pages.offset(at), some);
        at += some;
        leftOfValue -= some;
      }
    };
  }

  /** What stands before the values of this key in a file. */
  ByteBuffer fragmentHeader(byte[] key) {
    return ByteBuffer.allocate(Integer.BYTES + 2 * Long.BYTES + key.length)
        .putInt(key.length)
        .putLong(count)
        .putLong(bytes)
        .put(key)
        .flip();
  }
}
