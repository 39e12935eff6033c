package dev.tunebeam.transforms.tokens;

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
}
