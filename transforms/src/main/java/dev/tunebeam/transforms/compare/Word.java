package dev.tunebeam.transforms.compare;

/**
 * A word of a compared text as a number: 27 bits of a hash of its normalized letters, and what it
 * is. Equal words are equal in their {@link #same} bits; capital letters are not among these.
 */
final class Word {

  /** A number or an operator: two texts with different ones say different things. */
  static final int FIXED = 1;

  /** Capitalized within a sentence, like a name. */
  static final int NAME = 2;

  /** Capitalized where a sentence starts. */
  static final int OPENING = 4;

  /** A negation, a number in letters, or another word that changes what a sentence says. */
  static final int DECISIVE = 8;

  /** One character of a script without spaces. */
  static final int DENSE = 16;

  private static final int FLAG_BITS = 5;

  private Word() {}

  static int of(long hash, int flags) {
    return (int) (hash << FLAG_BITS) | flags;
  }

  /** What two spellings of the same word have in common. */
  static int same(int word) {
    return word >>> FLAG_BITS;
  }

  static boolean is(int word, int flags) {
    return (word & flags) != 0;
  }
}
