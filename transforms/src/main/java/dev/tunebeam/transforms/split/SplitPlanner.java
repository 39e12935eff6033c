package dev.tunebeam.transforms.split;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decides how many prompts of each signature go to validation.
 *
 * <p>Each class gets its share to within one example, or to within its largest group of examples
 * with one prompt, and each class with at least two prompts gets into both splits. Where prompts
 * have examples of several classes that is a system of constraints that may have no solution; then
 * presence in both splits goes before shares. Works on counts alone: a signature needs a few
 * hundred bytes, whatever the corpus.
 */
public final class SplitPlanner {

  /** Far above what the largest deviation of a share can weigh. */
  private static final double ABSENT = 1e15;

  private static final double OUT_OF_BOUNDS = 1e3;

  private final double share;
  private final List<Signature> signatures;
  private final long[] prompts;
  private final long[] chosen;
  private final TreeMap<String, ClassState> classes = new TreeMap<>();

  /** The running account of one class. */
  private static final class ClassState {
    final List<Integer> in = new ArrayList<>();
    double target;
    double bound = 1;
    long validation;
    long promptsInValidation;
    long prompts;

    double penalty() {
      double error = Math.abs(validation - target);
      double penalty = error + OUT_OF_BOUNDS * Math.max(0, error - bound);
      boolean absent = prompts >= 2 && (promptsInValidation == 0 || promptsInValidation == prompts);
      return absent ? penalty + ABSENT : penalty;
    }
  }

  private SplitPlanner(SortedMap<Signature, Long> counts, double share) {
    this.share = share;
    this.signatures = new ArrayList<>(counts.keySet());
    // Prompts of several classes first, large ones first: single examples even out what is left.
    signatures.sort(
        Comparator.<Signature>comparingInt(s -> -s.classes().size())
            .thenComparingInt(s -> -s.size())
            .thenComparing(Comparator.naturalOrder()));
    this.prompts = new long[signatures.size()];
    this.chosen = new long[signatures.size()];
    for (int i = 0; i < prompts.length; i++) {
      Signature signature = signatures.get(i);
      prompts[i] = counts.getOrDefault(signature, 0L);
      for (int c = 0; c < signature.classes().size(); c++) {
        ClassState state = state(signature.classes().get(c));
        int size = signature.sizes().get(c);
        state.in.add(i);
        state.target += share * size * prompts[i];
        state.bound = Math.max(state.bound, size);
        state.prompts += prompts[i];
      }
    }
  }

  private ClassState state(String className) {
    return classes.computeIfAbsent(className, name -> new ClassState());
  }

  /**
   * The number of prompts of each signature that go to validation.
   *
   * @param counts the prompts of each signature
   * @param share of the examples that go to validation, from 0 to below 1; 0 for none at all
   */
  public static SortedMap<Signature, Long> plan(SortedMap<Signature, Long> counts, double share) {
    SortedMap<Signature, Long> plan = new TreeMap<>();
    if (share == 0) {
      counts.keySet().forEach(signature -> plan.put(signature, 0L));
      return plan;
    }
    SplitPlanner planner = new SplitPlanner(counts, share);
    planner.spread();
    planner.repair();
    for (int i = 0; i < planner.chosen.length; i++) {
      plan.put(planner.signatures.get(i), planner.chosen[i]);
    }
    return plan;
  }

  /** Gives each signature its share, rounded so that the classes' errors so far are made good. */
  private void spread() {
    TreeMap<String, Double> owed = new TreeMap<>();
    for (int i = 0; i < chosen.length; i++) {
      Signature signature = signatures.get(i);
      double ideal = share * prompts[i];
      double owing = 0;
      double weight = 0;
      for (int c = 0; c < signature.classes().size(); c++) {
        double size = signature.sizes().get(c);
        owing += size * owed.getOrDefault(signature.classes().get(c), 0.0);
        weight += size * size;
      }
      long take = Math.round(ideal + owing / weight);
      change(i, Math.max(0, Math.min(prompts[i], take)));
      for (int c = 0; c < signature.classes().size(); c++) {
        double size = signature.sizes().get(c);
        owed.merge(signature.classes().get(c), size * (ideal - chosen[i]), Double::sum);
      }
    }
  }

  /** Moves single prompts between the splits as long as that makes something better. */
  private void repair() {
    for (ClassState state : classes.values()) {
      boolean better = true;
      while (better && state.penalty() > state.bound) {
        better = move(state);
      }
    }
  }

  /** The one move among the class's signatures that helps most; false if none does. */
  private boolean move(ClassState state) {
    int best = -1;
    int bestStep = 0;
    double bestGain = 1e-9;
    for (int i : state.in) {
      for (int step = -1; step <= 1; step += 2) {
        if (chosen[i] + step < 0 || chosen[i] + step > prompts[i]) {
          continue;
        }
        double before = penalty(i);
        change(i, step);
        double gain = before - penalty(i);
        change(i, -step);
        if (gain > bestGain) {
          bestGain = gain;
          best = i;
          bestStep = step;
        }
      }
    }
    if (best >= 0) {
      change(best, bestStep);
    }
    return best >= 0;
  }

  private double penalty(int i) {
    double penalty = 0;
    for (String name : signatures.get(i).classes()) {
      penalty += state(name).penalty();
    }
    return penalty;
  }

  private void change(int i, long step) {
    chosen[i] += step;
    Signature signature = signatures.get(i);
    for (int c = 0; c < signature.classes().size(); c++) {
      ClassState state = state(signature.classes().get(c));
      state.validation += step * signature.sizes().get(c);
      state.promptsInValidation += step;
    }
  }
}
