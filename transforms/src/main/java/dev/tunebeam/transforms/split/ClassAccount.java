package dev.tunebeam.transforms.split;

import java.util.ArrayList;
import java.util.List;

/** The actual and the target size of one class in validation. */
final class ClassAccount {

  private static final double OUT_OF_BOUNDS = 1e3;

  /** Tolerance for rounding of sums of shares. */
  private static final double ROUNDING = 1e-6;

  /**
   * The indices of the signatures with examples of the class, and below their numbers of examples.
   */
  final List<Integer> signatures = new ArrayList<>();

  final List<Integer> sizes = new ArrayList<>();

  private double wanted;
  private double target;
  private long known;
  private long free;
  private long freePrompts;
  private double bound = 1;
  private long prompts;
  private long validation;
  private long promptsInValidation;

  /** Rounding error so far: examples missing in validation, negative if there are too many. */
  double owed;

  /** Whether the class is in the repair queue. */
  boolean isQueued;

  /** Adds the prompts of a signature, each with {@code size} examples of the class. */
  void expect(int signature, int size, long count, double share) {
    signatures.add(signature);
    sizes.add(size);
    target += share * size * count;
    bound = Math.max(bound, size);
    prompts += count;
    free += size * count;
    freePrompts += count;
  }

  /** Adds prompts whose side is known, each with {@code size} examples of the class. */
  void know(int size, long count, boolean inValidation, double share) {
    target += share * size * count;
    bound = Math.max(bound, size);
    prompts += count;
    known += size * count;
    if (inValidation) {
      change(size, count);
    }
  }

  /** Ends the counting: the target is what can be reached without a move of what is known. */
  void settle() {
    wanted = target;
    if (known > 0) {
      target = Math.max((double) validation, Math.min((double) validation + free, target));
    }
  }

  /** The share of the prompts whose side is not known that go to validation. */
  double freeShare(double share) {
    return known == 0 ? share : free == 0 ? 0 : (target - validation) / free;
  }

  /** Examples missing in validation, or too many there, since what is known does not move. */
  boolean isShort() {
    return known > 0 && Math.abs(wanted - validation) > bound + ROUNDING;
  }

  /** The number of examples that validation should have. */
  long wanted() {
    return Math.round(wanted);
  }

  /** The number that it has. */
  long validation() {
    return validation;
  }

  /** Moves prompts with {@code size} examples of the class to validation, or out of it. */
  void change(int size, long step) {
    validation += step * size;
    promptsInValidation += step;
  }

  /** Examples missing in validation, negative if there are too many. */
  double missing() {
    return target - validation;
  }

  /** Whether the class is out of bounds. */
  boolean isBad() {
    return isAbsent() || Math.abs(missing()) > bound + ROUNDING;
  }

  /** Whether it has enough prompts for both splits but is missing in one. */
  boolean isAbsent() {
    return prompts >= 2
        && freePrompts > 0
        && (promptsInValidation == 0 || promptsInValidation == prompts);
  }

  /** The deviation from the target, lower is better; comparable between classes. */
  double penalty() {
    double error = Math.abs(missing());
    return error + OUT_OF_BOUNDS * Math.max(0, error - bound - ROUNDING);
  }
}
