package dev.tunebeam.tokens;

import java.util.Locale;

/** The merges of a tokenizer by their two parts, with their rank. */
final class MergeRanks {

  /** What {@link #rank} returns for a pair that does not merge. */
  static final int NONE = -1;

  /** Ranks start at 1, since the table cannot hold 0. */
  private final PairTable ranks;

  private final int[] made;

  MergeRanks(MergeList list) {
    int merges = list.left().length;
    if (merges >= PairTable.MAX_TOKENS) {
      throw new UnsupportedTokenizerException(
          String.format(Locale.ROOT, "model.merges has %d entries", merges));
    }
    ranks = new PairTable(merges);
    made = new int[merges];
    int token = 0;
    for (int merge = 0; merge < merges; merge++) {
      while (list.first()[token + 1] <= merge) {
        token++;
      }
      made[merge] = token;
      ranks.put(list.left()[merge], list.right()[merge], merge + 1);
    }
  }

  /** The rank of the merge of two tokens: the lowest is merged first. */
  int rank(int left, int right) {
    int rank = ranks.get(left, right);
    return rank == PairTable.NONE ? NONE : rank - 1;
  }

  /** The token that the merge makes. */
  int made(int rank) {
    return made[rank];
  }
}
