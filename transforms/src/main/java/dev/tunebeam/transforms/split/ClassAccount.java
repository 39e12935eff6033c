package dev.tunebeam.transforms.split;

import java.util.ArrayList;
import java.util.List;

/** How much of one class is in validation, and how much should be. */
final class ClassAccount {

  private static final double OUT_OF_BOUNDS = 1e3;

  /** Sums of shares are not exact. */
  private static final double ROUNDING = 1e-6;

  /** The signatures that have examples of the class, by index, and how many each. */
  final List<Integer> signatures = new ArrayList<>();

  final List<Integer> sizes = new ArrayList<>();

  private double target;
  private double bound = 1;
  private long prompts;
  private long validation;
  private long promptsInValidation;

  /** Examples that rounding has kept from validation so far, below 0 if it has too many. */
  double owed;

  /** Whether the repair is to look at it. */
  boolean isQueued;

  /** Takes the prompts of a signature into account, each with so many examples of the class. */
  void expect(int signature, int size, long count, double share) {
    signatures.add(signature);
    sizes.add(size);
    target += share * size * count;
    bound = Math.max(bound, size);
    prompts += count;
  }

  /** Moves prompts with so many examples of the class to validation, or out of it. */
  void change(int size, long step) {
    validation += step * size;
    promptsInValidation += step;
  }

  /** Examples that are missing in validation, below 0 if there are too many. */
  double missing() {
    return target - validation;
  }

  /** Whether the class is not where it should be. */
  boolean isBad() {
    return isAbsent() || Math.abs(missing()) > bound + ROUNDING;
  }

  /** Whether it has prompts enough for both splits and is not in both. */
  boolean isAbsent() {
    return prompts >= 2 && (promptsInValidation == 0 || promptsInValidation == prompts);
  }

  /** How far the share is off, the less the better; comparable with that of other classes. */
  double penalty() {
    double error = Math.abs(missing());
    return error + OUT_OF_BOUNDS * Math.max(0, error - bound - ROUNDING);
  }
}
