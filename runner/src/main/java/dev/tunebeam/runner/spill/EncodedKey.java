package dev.tunebeam.runner.spill;

import java.util.Arrays;

/** A key as it is compared: by its bytes. */
final class EncodedKey implements Comparable<EncodedKey> {

  private final byte[] bytes;
  private final int hash;

  EncodedKey(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  byte[] bytes() {
    return bytes;
  }

  /** Spreads keys evenly; a function of the bytes alone. */
  int partition(int partitions) {
    int mixed = hash * 0x9E3779B9;
    return Math.floorMod(mixed ^ mixed >>> 15, partitions);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EncodedKey key && hash == key.hash && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public int compareTo(EncodedKey other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }
}
