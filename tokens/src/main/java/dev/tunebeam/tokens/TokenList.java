package dev.tunebeam.tokens;

import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * The tokens of a vocabulary in the order of their rank, one after another in one array.
 *
 * @param bytes all tokens
 * @param starts where each begins, and at the end where the last one ends
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; arrays keep 200,000 tokens small
record TokenList(byte[] bytes, int[] starts) {

  int size() {
    return starts.length - 1;
  }

  int length(int token) {
    return starts[token + 1] - starts[token];
  }

  /** A list of these tokens alone. */
  TokenList only(List<Integer> tokens) {
    int[] ends = new int[tokens.size() + 1];
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < tokens.size(); i++) {
      all.write(bytes, starts[tokens.get(i)], length(tokens.get(i)));
      ends[i + 1] = all.size();
    }
    return new TokenList(all.toByteArray(), ends);
  }
}
