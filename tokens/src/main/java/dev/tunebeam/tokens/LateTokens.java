package dev.tunebeam.tokens;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Late tokens: tokens with a part that a later merge makes. Llama 3 has 107 of them, since its
 * vocabulary is that of cl100k_base with others appended. {@link PieceEncoder} cannot produce them,
 * so a piece that contains the bytes of one is encoded by a {@link MergeQueue}. Immutable.
 */
final class LateTokens {

  private final TokenTrie trie;
  private final MergeRanks ranks;
  private final int[] singles;

  private LateTokens(TokenTrie trie, MergeRanks ranks, int[] singles) {
    this.trie = trie;
    this.ranks = ranks;
    this.singles = singles;
  }

  /**
   * Finds the late tokens.
   *
   * @param list all tokens
   * @param merges all merges
   * @param others tokens that are not made of earlier ones, but have merges
   * @param singles the token of each byte
   * @return null if there are none
   */
  static @Nullable LateTokens among(
      TokenList list, MergeList merges, List<Integer> others, int[] singles) {
    if (others.isEmpty()) {
      return null;
    }
    MergeRanks ranks = new MergeRanks(merges);
    MergeQueue queue = new MergeQueue(ranks, singles);
    List<Integer> late = new ArrayList<>();
    for (int token : others) {
      if (queue.count(list.bytes(), list.starts()[token], list.starts()[token + 1]) == 1) {
        late.add(token);
      }
    }
    if (late.isEmpty()) {
      return null;
    }
    TokenList found = list.only(late);
    return new LateTokens(new TokenTrie(found, new int[found.size()]), ranks, singles);
  }

  /** Whether a piece contains the bytes of a late token. */
  boolean areIn(byte[] text, int from, int to) {
    for (int at = from; at < to; at++) {
      if (trie.longest(text, at, to) != TokenTrie.NONE) {
        return true;
      }
    }
    return false;
  }

  /** A new encoder for pieces that contain them, for a single thread. */
  MergeQueue newQueue() {
    return new MergeQueue(ranks, singles);
  }
}
