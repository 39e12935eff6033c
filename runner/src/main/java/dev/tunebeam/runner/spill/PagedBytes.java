package dev.tunebeam.runner.spill;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Bytes that grow by pages, counted in a budget; addressed from 0. */
final class PagedBytes extends OutputStream {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final int shift;
  private final int pageBytes;
  private final MemoryBudget budget;
  private final List<byte[]> pages = new ArrayList<>();
  private byte[] page = new byte[0];
  private int used;

  /** No bytes yet. */
  PagedBytes(MemoryBudget budget) {
    this.budget = budget;
    this.pageBytes = budget.pageBytes();
    this.shift = Integer.numberOfTrailingZeros(pageBytes);
    this.used = pageBytes;
  }

  long size() {
    return ((long) pages.size() << shift) + used - pageBytes;
  }

  /** What is taken of the budget. */
  long held() {
    return (long) pages.size() << shift;
  }

  @Override
  public void write(int value) {
    if (used == pageBytes) {
      addPage();
    }
    page[used++] = (byte) value;
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    Objects.checkFromIndexSize(from, length, bytes.length);
    int next = from;
    int left = length;
    while (left > 0) {
      if (used == pageBytes) {
        addPage();
      }
      int part = Math.min(left, pageBytes - used);
      System.arraycopy(bytes, next, page, used, part);
      used += part;
      next += part;
      left -= part;
    }
  }

  void writeLong(long value) {
    if (pageBytes - used >= Long.BYTES) {
      LONG.set(page, used, value);
      used += Long.BYTES;
      return;
    }
    for (int bits = Long.SIZE - Byte.SIZE; bits >= 0; bits -= Byte.SIZE) {
      write((int) (value >>> bits));
    }
  }

  void setLong(long address, long value) {
    if (leftOfPage(address) >= Long.BYTES) {
      LONG.set(page(address), offset(address), value);
      return;
    }
    for (int i = 0; i < Long.BYTES; i++) {
      page(address + i)[offset(address + i)] = (byte) (value >>> (56 - 8 * i));
    }
  }

  long getLong(long address) {
    if (leftOfPage(address) >= Long.BYTES) {
      return (long) LONG.get(page(address), offset(address));
    }
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = (value << 8) | (page(address + i)[offset(address + i)] & 0xFF);
    }
    return value;
  }

  /** The page of an address. */
  byte[] page(long address) {
    return pages.get((int) (address >>> shift));
  }

  /** The place of an address in its page. */
  int offset(long address) {
    return (int) address & (pageBytes - 1);
  }

  /** How many bytes there are from an address to the end of its page. */
  int leftOfPage(long address) {
    return pageBytes - offset(address);
  }

  /** Writes a range to the end of a file. */
  void copyTo(FileAppender file, long from, long length) throws IOException {
    long at = from;
    long left = length;
    while (left > 0) {
      int part = (int) Math.min(left, leftOfPage(at));
      file.write(ByteBuffer.wrap(page(at), offset(at), part));
      at += part;
      left -= part;
    }
  }

  /** Forgets the bytes and gives back what they took. */
  void clear() {
    budget.releasePages(pages);
    pages.clear();
    page = new byte[0];
    used = pageBytes;
  }

  private void addPage() {
    page = budget.takePage();
    pages.add(page);
    used = 0;
  }
}
