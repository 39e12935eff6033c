package dev.tunebeam.tokens;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts the tokens of one piece. Leaves a short one to {@link ShortMerges}; in a longer one takes
 * the longest token that can follow the previous one, with backtracking. A position that failed is
 * marked and not tried again, so the time is linear in the length of the piece. The memory is 5
 * bytes per byte of the longest piece, most of it released. Not thread-safe.
 */
final class PieceEncoder {

  private static final int KEPT = 1 << 16;

  private final Vocabulary vocabulary;
  private final @Nullable LateTokens lateTokens;
  private final @Nullable MergeQueue queue;
  private final @Nullable ShortMerges shortMerges;

  /** The tokens of the text up to the position. */
  private int[] stack = new int[64];

  /** The positions, relative to the start of the piece, that no encoding passes: a bit each. */
  private long[] dead = new long[1];

  PieceEncoder(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
    lateTokens = vocabulary.lateTokens();
    queue = lateTokens == null ? null : lateTokens.newQueue();
    shortMerges = vocabulary.isAllReachable() ? new ShortMerges(vocabulary) : null;
  }

  /** The number of tokens of the bytes from {@code from} to {@code to}, at least one byte. */
  int count(byte[] text, int from, int to) {
    if (to - from <= ShortMerges.MAX_LENGTH && shortMerges != null) {
      return shortMerges.count(text, from, to);
    }
    int token = vocabulary.longestMatch(text, from, to);
    boolean isToken = vocabulary.length(token) == to - from;
    if (isToken && vocabulary.countsWholePieces()) {
      return 1;
    }
    if (lateTokens != null && queue != null && lateTokens.areIn(text, from, to)) {
      return queue.count(text, from, to);
    }
    if (isToken && vocabulary.isWholePiece(token)) {
      return 1;
    }
    prepare(to - from);
    int count = encode(vocabulary.orShorter(token), text, from, to);
    if (stack.length > KEPT) {
      stack = new int[64];
      dead = new long[1];
    }
    return count;
  }

  private int encode(int first, byte[] text, int from, int to) {
    int token = first;
    int count = 0;
    int at = from;
    while (true) {
      int last = count == 0 ? TokenTrie.NONE : stack[count - 1];
      while (token != TokenTrie.NONE && !canFollow(last, token, at - from)) {
        token = vocabulary.nextShorter(token);
      }
      if (token == TokenTrie.NONE) {
        kill(at - from);
        token = last;
        count--;
        at -= vocabulary.length(last);
        continue;
      }
      stack[count++] = token;
      at += vocabulary.length(token);
      if (at == to) {
        return count;
      }
      token = vocabulary.orShorter(vocabulary.longestMatch(text, at, to));
    }
  }

  private boolean canFollow(int last, int token, int at) {
    int end = at + vocabulary.length(token);
    return (dead[end >>> 6] & 1L << end) == 0
        && (last == TokenTrie.NONE || vocabulary.canStandTogether(last, token));
  }

  private void kill(int at) {
    dead[at >>> 6] |= 1L << at;
  }

  private void prepare(int length) {
    if (stack.length < length) {
      stack = new int[Math.max(length, stack.length * 2)];
    }
    int words = (length >>> 6) + 1;
    if (dead.length < words) {
      dead = new long[Math.max(words, dead.length * 2)];
    } else {
      Arrays.fill(dead, 0, words, 0);
    }
  }
}
