package dev.tunebeam.tokens;

import dev.tunebeam.tokens.PieceCache.KnownPieces;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The tables of an encoding, built once per JVM and shared by its counters; immutable, 18 MB for
 * o200k_base.
 *
 * <p>A token of several bytes results from exactly one merge of a left and a right token: the last
 * merge when its own bytes are encoded. So two tokens can be adjacent in an encoded text only if no
 * merge across their border has a lower rank than the merges that made them, which {@link
 * #canStandTogether} checks by undoing those merges. The idea is from the bpe crate of
 * github/rust-gems.
 */
final class Vocabulary {

  private final TokenTrie trie;
  private final PairTable merges;
  private final int[] lengths;
  private final int[] longestPrefix;
  private final int[] left;
  private final int[] right;
  private final int[] singles;
  private final int[] bytePairs = new int[1 << 16];
  private final boolean wholePieces;
  private final boolean allReachable;
  private final @Nullable LateTokens lateTokens;
  private final KnownPieces knownPieces;

  /**
   * @param list the tokens in rank order; must contain all single bytes
   * @param wholePieces whether a piece that is a token counts 1 even if no merges lead to it
   */
  Vocabulary(TokenList list, boolean wholePieces) {
    this(list, null, wholePieces);
  }

  /**
   * Builds the tables.
   *
   * @param named the merges; if null, two tokens merge if their concatenation is a token
   */
  Vocabulary(TokenList list, @Nullable MergeList named, boolean wholePieces) {
    this.wholePieces = wholePieces;
    int size = list.size();
    if (size > PairTable.MAX_TOKENS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a vocabulary of %d tokens; at most %d can be counted",
              size,
              PairTable.MAX_TOKENS));
    }
    longestPrefix = new int[size];
    trie = new TokenTrie(list, longestPrefix);
    merges = new PairTable(size);
    lengths = new int[size];
    left = new int[size];
    right = new int[size];
    boolean reachable = true;
    for (int token = 0; token < size; token++) {
      lengths[token] = list.length(token);
      left[token] = token;
      right[token] = token;
      reachable &= lengths[token] == 1 || findMerge(list, named, token);
    }
    allReachable = reachable;
    singles = singles(list);
    for (int pair = 0; pair < bytePairs.length; pair++) {
      bytePairs[pair] = merges.get(singles[pair >>> 8], singles[pair & 0xFF]);
    }
    lateTokens = named == null ? null : LateTokens.among(list, named, others(named), singles);
    if (!allReachable) {
      skipUnreachablePrefixes();
    }
    knownPieces = KnownPieces.of(list, new PieceEncoder(this));
  }

  /** The initial content of a cache of this vocabulary's pieces. */
  KnownPieces knownPieces() {
    return knownPieces;
  }

  /** The token of a byte. */
  int single(byte b) {
    return singles[b & 0xFF];
  }

  /** The token that two bytes merge to, or {@link PairTable#NONE}. */
  int mergeBytes(byte left, byte right) {
    return bytePairs[((left & 0xFF) << 8) | (right & 0xFF)];
  }

  /** The token that two tokens merge to, or {@link PairTable#NONE}. Tokens rank by number. */
  int merge(int left, int right) {
    return merges.get(left, right);
  }

  /** Whether merging alone makes one token of each token's bytes. */
  boolean isAllReachable() {
    return allReachable;
  }

  /** The late tokens, if there are any. */
  @Nullable LateTokens lateTokens() {
    return lateTokens;
  }

  /** The length of a token in bytes. */
  int length(int token) {
    return lengths[token];
  }

  /** The longest token at {@code from}, for {@link #nextShorter} to shorten. */
  int longestMatch(byte[] text, int from, int to) {
    return trie.longest(text, from, to);
  }

  /** The token itself if merges can make it, otherwise the longest that it begins with. */
  int orShorter(int token) {
    return allReachable || isReachable(token) ? token : longestPrefix[token];
  }

  /** The longest token that {@code token} begins with and merges can make, or NONE. */
  int nextShorter(int token) {
    return longestPrefix[token];
  }

  /** Whether a piece that is exactly this token counts 1, if it contains no late token. */
  boolean isWholePiece(int token) {
    return wholePieces || allReachable || isReachable(token);
  }

  /** Whether a piece that is a token counts 1 even if no merges lead to it. */
  boolean countsWholePieces() {
    return wholePieces;
  }

  /** Whether these tokens can be adjacent in an encoded text. */
  boolean canStandTogether(int first, int second) {
    int a = first;
    int b = second;
    // Merges from this token on would have come too late to prevent the pair.
    int limit = Integer.MAX_VALUE;
    while (true) {
      int merged = merges.get(a, b);
      if (merged != PairTable.NONE && merged < limit) {
        return false;
      }
      if (lengths[a] == 1 && lengths[b] == 1) {
        return true;
      }
      if (lengths[b] == 1 || (a > b && lengths[a] > 1)) {
        limit = a;
        a = right[a];
      } else {
        // A merge of the same rank to the left of this one would have come first.
        limit = b + 1;
        b = left[b];
      }
    }
  }

  /** Whether merges can make the token from its bytes. */
  boolean isReachable(int token) {
    return left[token] != token || lengths[token] == 1;
  }

  /** Finds the two tokens that {@code token} is merged from; both have a lower rank. */
  private boolean findMerge(TokenList list, @Nullable MergeList named, int token) {
    if (named != null) {
      for (int i = named.first()[token]; i < named.first()[token + 1]; i++) {
        if (addMerge(named.left()[i], named.right()[i], token)) {
          return true;
        }
      }
      return false;
    }
    int from = list.starts()[token];
    int to = list.starts()[token + 1];
    for (int a = longestPrefix[token]; a != TokenTrie.NONE; a = longestPrefix[a]) {
      int b = trie.find(list.bytes(), from + list.length(a), to);
      if (b != TokenTrie.NONE && addMerge(a, b, token)) {
        return true;
      }
    }
    return false;
  }

  private boolean addMerge(int a, int b, int token) {
    if (a >= token || b >= token || !isReachable(a) || !isReachable(b) || !canStandTogether(a, b)) {
      return false;
    }
    left[token] = a;
    right[token] = b;
    merges.put(a, b, token);
    return true;
  }

  private List<Integer> others(MergeList named) {
    List<Integer> others = new ArrayList<>();
    for (int token = 0; token < lengths.length; token++) {
      if (!isReachable(token) && named.first()[token] < named.first()[token + 1]) {
        others.add(token);
      }
    }
    return others;
  }

  private static int[] singles(TokenList list) {
    int[] singles = new int[1 << 8];
    for (int token = 0; token < list.size(); token++) {
      if (list.length(token) == 1) {
        singles[list.bytes()[list.starts()[token]] & 0xFF] = token;
      }
    }
    return singles;
  }

  private void skipUnreachablePrefixes() {
    for (int token = 0; token < longestPrefix.length; token++) {
      while (longestPrefix[token] != TokenTrie.NONE && !isReachable(longestPrefix[token])) {
        longestPrefix[token] = longestPrefix[longestPrefix[token]];
      }
    }
  }
}
