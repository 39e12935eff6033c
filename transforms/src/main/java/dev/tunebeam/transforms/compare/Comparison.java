package dev.tunebeam.transforms.compare;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Decides about a pair of candidates. Near copies have the similarity asked for, the same numbers
 * and operators in the same order, prompts that are alike, the same class and answers that are
 * alike; what differs is no name, negation or unit, and no longer phrase stands for another.
 *
 * @param similarity the least share of common shingles, above 0 to 1
 * @param by what has to be similar
 */
public record Comparison(double similarity, NearBy by) implements Serializable {

  /** The share of the similarity that prompt and answer have to have each. */
  private static final double OF_A_PART = 0.75;

  /** A longer phrase that stands for another says something else. */
  private static final int SMALL_CHANGE = 3;

  /** Refuses a similarity that nothing or everything has. */
  public Comparison {
    if (!(similarity > 0 && similarity <= 1)) {
      throw new IllegalArgumentException("similarity: " + similarity);
    }
  }

  /**
   * The decision about a pair.
   *
   * @param similarity the share of the shingles of either text that both have
   */
  public record Result(Relation relation, double similarity) {}

  /** Compares two texts; the order does not matter. */
  public Result of(ComparedText a, ComparedText b) {
    return of(a, b, false);
  }

  /**
   * Compares two texts; the order does not matter.
   *
   * @param inCrowd whether many texts are as similar: then a replaced word fills a template
   */
  public Result of(ComparedText a, ComparedText b, boolean inCrowd) {
    double found = a.frame() != b.frame() ? 0 : Shingles.similarity(a.shingles(), b.shingles());
    return new Result(found < similarity ? Relation.DIFFERENT : relation(a, b, inCrowd), found);
  }

  private Relation relation(ComparedText a, ComparedText b, boolean inCrowd) {
    int[] promptA = Arrays.copyOf(a.words(), a.answerAt());
    int[] promptB = Arrays.copyOf(b.words(), b.answerAt());
    boolean isText = a.turns().length == 0;
    // A prompt that is equal is a conflict already, found by its fingerprint.
    Relation conflict = a.prompt().equals(b.prompt()) ? Relation.DIFFERENT : Relation.CONFLICT;
    if (isText && endsOtherwise(promptA, promptB)) {
      return by == NearBy.EXAMPLE ? conflict : Relation.DIFFERENT;
    }
    if (!alike(promptA, promptB, inCrowd)) {
      return Relation.DIFFERENT;
    }
    if (a.label() != b.label()) {
      return conflict;
    }
    if (isText || alike(rest(a), rest(b), inCrowd)) {
      return Relation.NEAR_COPY;
    }
    return haveSameWords(promptA, promptB) ? conflict : Relation.DIFFERENT;
  }

  private static int[] rest(ComparedText text) {
    return Arrays.copyOfRange(text.words(), text.answerAt(), text.words().length);
  }

  private boolean alike(int[] a, int[] b, boolean inCrowd) {
    if (haveSameWords(a, b)) {
      return true;
    }
    if (Math.min(a.length, b.length) < ComparedTexts.FEW_WORDS
        || !Arrays.equals(fixed(a), fixed(b))
        || Shingles.similarity(Shingles.of(a, a.length), Shingles.of(b, b.length))
            < OF_A_PART * similarity) {
      return false;
    }
    List<Diff.Hunk> hunks = Diff.of(a, b);
    return hunks != null
        && hunks.stream()
            .allMatch(hunk -> isHarmless(hunk, a, b) && !(inCrowd && isReplaced(hunk)));
  }

  private static boolean haveSameWords(int[] a, int[] b) {
    if (a.length != b.length) {
      return false;
    }
    for (int i = 0; i < a.length; i++) {
      if (Word.same(a[i]) != Word.same(b[i])) {
        return false;
      }
    }
    return true;
  }

  /** Numbers and operators, in order. */
  private static int[] fixed(int[] words) {
    return Arrays.stream(words).filter(word -> Word.is(word, Word.FIXED)).map(Word::same).toArray();
  }

  /** Whether a change leaves what is said as it is, as far as words can tell. */
  private static boolean isHarmless(Diff.Hunk hunk, int[] a, int[] b) {
    boolean isReplaced = isReplaced(hunk);
    int size = Math.max(hunk.sizeA(), hunk.sizeB());
    if (size > SMALL_CHANGE) {
      return !isReplaced;
    }
    int telling = Word.DECISIVE | Word.NAME | (isReplaced ? Word.OPENING : 0);
    return !has(a, hunk.fromA(), hunk.toA(), telling)
        && !has(b, hunk.fromB(), hunk.toB(), telling)
        && !(isReplaced
            && (has(a, hunk.fromA() - 1, hunk.fromA(), Word.FIXED)
                || has(a, hunk.toA(), hunk.toA() + 1, Word.FIXED)));
  }

  private static boolean isReplaced(Diff.Hunk hunk) {
    return hunk.sizeA() > 0 && hunk.sizeB() > 0;
  }

  private static boolean has(int[] words, int from, int to, int flags) {
    for (int i = Math.max(0, from); i < Math.min(words.length, to); i++) {
      if (Word.is(words[i], flags)) {
        return true;
      }
    }
    return false;
  }

  /** Whether texts without a prompt are equal but for a few words at the end: another label. */
  private static boolean endsOtherwise(int[] a, int[] b) {
    List<Diff.Hunk> hunks = Arrays.equals(fixed(a), fixed(b)) ? Diff.of(a, b) : null;
    if (hunks == null || hunks.size() != 1) {
      return false;
    }
    Diff.Hunk last = hunks.get(0);
    return last.toA() == a.length
        && last.toB() == b.length
        && Math.min(last.sizeA(), last.sizeB()) > 0
        && Math.max(last.sizeA(), last.sizeB()) <= SMALL_CHANGE;
  }
}
