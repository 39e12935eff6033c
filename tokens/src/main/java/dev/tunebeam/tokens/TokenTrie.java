package dev.tunebeam.tokens;

import java.util.Arrays;

/**
 * A trie over the tokens' bytes, for longest-prefix matching. A node that is a token has the
 * token's number; other nodes follow. The first two bytes are looked up in an array, further bytes
 * in an open-addressed table of one long per edge.
 */
final class TokenTrie {

  /** No such node or token. */
  static final int NONE = -1;

  private final int tokens;
  private final int[] one = new int[1 << 8];
  private final int[] two = new int[1 << 16];
  private long[] edges;
  private int shift;
  private int edgeCount;

  /**
   * @param list must contain all single bytes, and no duplicates
   * @param longestPrefix an output: for each token the longest token that it begins with, or NONE
   */
  TokenTrie(TokenList list, int[] longestPrefix) {
    tokens = list.size();
    Arrays.fill(one, NONE);
    Arrays.fill(two, NONE);
    // Real vocabularies have a little more than two edges per token.
    shift = Integer.numberOfLeadingZeros(Math.max(tokens, 256) - 1) - 2;
    edges = new long[1 << (32 - shift)];
    int nodes = tokens;
    for (int token : byLength(list)) {
      nodes = add(list, token, nodes, longestPrefix);
    }
  }

  /** The longest token at {@code from}. */
  int longest(byte[] text, int from, int to) {
    int best = one[text[from] & 0xFF];
    if (from + 1 >= to) {
      return best;
    }
    int node = two[((text[from] & 0xFF) << 8) | (text[from + 1] & 0xFF)];
    int at = from + 2;
    while (node != NONE) {
      if (node < tokens) {
        best = node;
      }
      if (at >= to) {
        break;
      }
      node = child(node, text[at++]);
    }
    return best;
  }

  /** The token of exactly these bytes, or NONE. */
  int find(byte[] text, int from, int to) {
    if (to - from == 1) {
      return one[text[from] & 0xFF];
    }
    int node = two[((text[from] & 0xFF) << 8) | (text[from + 1] & 0xFF)];
    for (int at = from + 2; at < to && node != NONE; at++) {
      node = child(node, text[at]);
    }
    return node < tokens ? node : NONE;
  }

  private int child(int node, byte b) {
    int key = (node << 8) | (b & 0xFF);
    int slot = slot(key);
    long entry;
    while ((entry = edges[slot]) != 0) {
      if ((int) (entry >>> 32) == key) {
        return (int) entry;
      }
      slot = (slot + 1) & (edges.length - 1);
    }
    return NONE;
  }

  /** Shorter tokens are added first, so whether a node on the path is a token is final. */
  private int add(TokenList list, int token, int nodes, int[] longestPrefix) {
    byte[] bytes = list.bytes();
    int from = list.starts()[token];
    int to = list.starts()[token + 1];
    int length = to - from;
    longestPrefix[token] = NONE;
    if (length == 1) {
      one[bytes[from] & 0xFF] = token;
      return nodes;
    }
    longestPrefix[token] = one[bytes[from] & 0xFF];
    int next = nodes;
    int firstTwo = ((bytes[from] & 0xFF) << 8) | (bytes[from + 1] & 0xFF);
    if (two[firstTwo] == NONE) {
      two[firstTwo] = length == 2 ? token : next++;
    }
    int node = two[firstTwo];
    for (int at = from + 2; at < to; at++) {
      if (node < tokens) {
        longestPrefix[token] = node;
      }
      int child = child(node, bytes[at]);
      if (child == NONE) {
        child = at == to - 1 ? token : next++;
        put(node, bytes[at], child);
      }
      node = child;
    }
    return next;
  }

  private void put(int node, byte b, int child) {
    if (++edgeCount > edges.length / 2) {
      long[] old = edges;
      edges = new long[old.length * 2];
      shift--;
      for (long entry : old) {
        if (entry != 0) {
          insert(entry);
        }
      }
    }
    insert(((long) ((node << 8) | (b & 0xFF)) << 32) | child);
  }

  private void insert(long entry) {
    int slot = slot((int) (entry >>> 32));
    while (edges[slot] != 0) {
      slot = (slot + 1) & (edges.length - 1);
    }
    edges[slot] = entry;
  }

  private int slot(int key) {
    return (key * 0x9E3779B1) >>> shift;
  }

  private static int[] byLength(TokenList list) {
    int longest = 0;
    for (int token = 0; token < list.size(); token++) {
      longest = Math.max(longest, list.length(token));
    }
    int[] next = new int[longest + 2];
    for (int token = 0; token < list.size(); token++) {
      next[list.length(token) + 1]++;
    }
    for (int length = 1; length < next.length; length++) {
      next[length] += next[length - 1];
    }
    int[] order = new int[list.size()];
    for (int token = 0; token < list.size(); token++) {
      order[next[list.length(token)]++] = token;
    }
    return order;
  }
}
