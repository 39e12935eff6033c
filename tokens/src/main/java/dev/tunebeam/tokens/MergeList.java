package dev.tunebeam.tokens;

/**
 * The merges of a tokenizer in rank order, and so by the token that they make: those of token
 * {@code t} are from {@code first[t]} to {@code first[t + 1]}. A part can be a token that later
 * merges make.
 *
 * @param first one more than there are tokens
 * @param left the token on the left of each merge
 * @param right the token on the right
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record MergeList(int[] first, int[] left, int[] right) {}
