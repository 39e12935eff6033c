package dev.tunebeam.tokens;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that merges make of parts which later merges make. Llama 3 has 107 of them, since its
 * vocabulary is that of cl100k_base with others behind it. {@link PieceEncoder} does not know the
 * tokens that come about so; a piece without their bytes has none of them, and any other piece is
 * encoded by a {@link MergeQueue}. Immutable.
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
   * Finds them.
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

  /** Whether the bytes of one of them are in a piece. */
  boolean areIn(byte[] text, int from, int to) {
    for (int at = from; at < to; at++) {
      if (trie.longest(text, at, to) != TokenTrie.NONE) {
        return true;
      }
    }
    return false;
  }

  /** What encodes the pieces that have them, for one thread. */
  MergeQueue newQueue() {
    return new MergeQueue(ranks, singles);
  }
}
