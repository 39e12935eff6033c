package dev.tunebeam.tokens;

import java.util.Arrays;

/**
 * Encodes a piece by the definition of byte-pair encoding: merges the pair of the lowest rank, the
 * leftmost on a tie, until none is left. The pairs are in a heap, so the time is n log n in the
 * piece's bytes; the memory is up to 50 bytes per byte of the longest piece, most of it released.
 * Not thread-safe.
 */
final class MergeQueue {

  private static final int KEPT = 1 << 16;
  private static final int NONE = -1;

  private final MergeRanks ranks;
  private final int[] singles;
  private int[] tokens = new int[64];
  private int[] previous = new int[64];
  private int[] next = new int[64];

  /**
   * A heap of pairs: rank in the high bits, position of the left token in the low; may be stale.
   */
  private long[] heap = new long[64];

  private int size;

  /**
   * An encoder for these ranks.
   *
   * @param singles the token of each byte
   */
  MergeQueue(MergeRanks ranks, int[] singles) {
    this.ranks = ranks;
    this.singles = singles;
  }

  /** The number of tokens of the bytes from {@code from} to {@code to}. */
  int count(byte[] text, int from, int to) {
    int length = to - from;
    prepare(length);
    for (int i = 0; i < length; i++) {
      tokens[i] = singles[text[from + i] & 0xFF];
      previous[i] = i - 1;
      next[i] = i + 1 < length ? i + 1 : NONE;
    }
    for (int i = 0; i < length; i++) {
      add(i);
    }
    int count = length;
    while (size > 0) {
      long pair = remove();
      int left = (int) pair;
      int rank = (int) (pair >>> 32);
      if (rankAt(left) == rank) {
        merge(left, rank);
        count--;
      }
    }
    if (tokens.length > KEPT) {
      tokens = new int[64];
      previous = new int[64];
      next = new int[64];
      heap = new long[64];
    }
    return count;
  }

  private int rankAt(int left) {
    int right = tokens[left] == NONE ? NONE : next[left];
    return right == NONE ? MergeRanks.NONE : ranks.rank(tokens[left], tokens[right]);
  }

  private void merge(int left, int rank) {
    int right = next[left];
    tokens[left] = ranks.made(rank);
    tokens[right] = NONE;
    next[left] = next[right];
    if (next[left] != NONE) {
      previous[next[left]] = left;
    }
    if (previous[left] != NONE) {
      add(previous[left]);
    }
    add(left);
  }

  private void add(int left) {
    int rank = rankAt(left);
    if (rank == MergeRanks.NONE) {
      return;
    }
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    long pair = ((long) rank << 32) | left;
    int at = size++;
    while (at > 0 && heap[(at - 1) / 2] > pair) {
      heap[at] = heap[(at - 1) / 2];
      at = (at - 1) / 2;
    }
    heap[at] = pair;
  }

  private long remove() {
    long lowest = heap[0];
    long last = heap[--size];
    int at = 0;
    int child;
    while ((child = 2 * at + 1) < size) {
      if (child + 1 < size && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= last) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return lowest;
  }

  private void prepare(int length) {
    size = 0;
    if (tokens.length < length) {
      int capacity = Math.max(length, tokens.length * 2);
      tokens = new int[capacity];
      previous = new int[capacity];
      next = new int[capacity];
    }
  }
}
