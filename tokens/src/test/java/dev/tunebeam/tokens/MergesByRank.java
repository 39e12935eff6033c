package dev.tunebeam.tokens;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The definition of byte-pair encoding, in the plainest way: what the tests compare with. */
final class MergesByRank {

  private final Map<String, Integer> ranks = new HashMap<>();

  MergesByRank(TokenList list) {
    for (int token = 0; token < list.size(); token++) {
      ranks.put(
          new String(list.bytes(), list.starts()[token], list.length(token), ISO_8859_1), token);
    }
  }

  /** The tokens of a piece, each as its bytes in Latin-1. */
  List<String> encode(byte[] piece) {
    String bytes = new String(piece, ISO_8859_1);
    return ranks.containsKey(bytes) ? List.of(bytes) : merge(bytes);
  }

  /** The same without looking for the whole piece first. */
  List<String> merge(String bytes) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < bytes.length(); i++) {
      parts.add(bytes.substring(i, i + 1));
    }
    while (true) {
      int best = -1;
      int bestRank = Integer.MAX_VALUE;
      for (int i = 0; i + 1 < parts.size(); i++) {
        int rank = ranks.getOrDefault(parts.get(i) + parts.get(i + 1), Integer.MAX_VALUE);
        if (rank < bestRank) {
          best = i;
          bestRank = rank;
        }
      }
      if (best < 0) {
        return parts;
      }
      parts.set(best, parts.get(best) + parts.remove(best + 1));
    }
  }
}
