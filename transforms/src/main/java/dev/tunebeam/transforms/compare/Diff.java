package dev.tunebeam.transforms.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The differences of two word lists: the shortest way from one to the other (Myers, "An O(ND)
 * difference algorithm", 1986), up to a number of words removed and added.
 */
final class Diff {

  /** More is too different to say what changed; bounds the memory to a megabyte. */
  static final int MOST_CHANGES = 400;

  /** Words of the first list that are replaced by words of the second; either may be empty. */
  record Hunk(int fromA, int toA, int fromB, int toB) {
    int sizeA() {
      return toA - fromA;
    }

    int sizeB() {
      return toB - fromB;
    }
  }

  private final int[] a;
  private final int[] b;

  private Diff(int[] a, int[] b) {
    this.a = a;
    this.b = b;
  }

  /** The hunks in order; null if there are more than {@link #MOST_CHANGES} changes. */
  static @Nullable List<Hunk> of(int[] a, int[] b) {
    return new Diff(a, b).hunks();
  }

  private boolean same(int i, int j) {
    return Word.same(a[i]) == Word.same(b[j]);
  }

  private @Nullable List<Hunk> hunks() {
    int most = Math.min(MOST_CHANGES, a.length + b.length);
    int[] furthest = new int[2 * most + 3];
    int zero = most + 1;
    List<int[]> before = new ArrayList<>();
    for (int d = 0; d <= most; d++) {
      before.add(Arrays.copyOfRange(furthest, zero - d - 1, zero + d + 2));
      for (int k = -d; k <= d; k += 2) {
        boolean down = k == -d || (k != d && furthest[zero + k - 1] < furthest[zero + k + 1]);
        int x = down ? furthest[zero + k + 1] : furthest[zero + k - 1] + 1;
        int y = x - k;
        while (x < a.length && y < b.length && same(x, y)) {
          x++;
          y++;
        }
        furthest[zero + k] = x;
        if (x >= a.length && y >= b.length) {
          return back(before, d);
        }
      }
    }
    return null;
  }

  /** Follows the way back from the end, and joins adjacent changes to hunks. */
  private List<Hunk> back(List<int[]> before, int changes) {
    List<Hunk> hunks = new ArrayList<>();
    int x = a.length;
    int y = b.length;
    for (int d = changes; d > 0; d--) {
      int[] row = before.get(d);
      int zero = d + 1;
      int k = x - y;
      boolean down = k == -d || (k != d && row[zero + k - 1] < row[zero + k + 1]);
      int previousK = down ? k + 1 : k - 1;
      int previousX = row[zero + previousK];
      int previousY = previousX - previousK;
      Hunk change =
          down
              ? new Hunk(previousX, previousX, previousY, previousY + 1)
              : new Hunk(previousX, previousX + 1, previousY, previousY);
      Hunk next = hunks.isEmpty() ? null : hunks.get(hunks.size() - 1);
      if (next != null && next.fromA() == change.toA() && next.fromB() == change.toB()) {
        hunks.set(
            hunks.size() - 1, new Hunk(change.fromA(), next.toA(), change.fromB(), next.toB()));
      } else {
        hunks.add(change);
      }
      x = previousX;
      y = previousY;
    }
    java.util.Collections.reverse(hunks);
    return hunks;
  }
}
