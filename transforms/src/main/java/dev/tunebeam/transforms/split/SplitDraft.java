package dev.tunebeam.transforms.split;

import dev.tunebeam.transforms.deduplicate.Signature;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A mutable split: the number of prompts of each signature in validation, and the account of each
 * class. Holds a few hundred bytes per signature and class.
 */
final class SplitDraft {

  private final double share;
  private final List<Signature> signatures;
  private final ClassAccount[][] accounts;
  private final long[] prompts;
  private final long[] chosen;
  private final TreeMap<String, ClassAccount> classes = new TreeMap<>();
  private long work;

  /**
   * A split with nothing in validation but what was there before.
   *
   * @param counts the prompts of each signature that may go to either side
   * @param known those whose side is known
   */
  SplitDraft(SortedMap<Signature, Long> counts, SortedMap<Signature, Long> known, double share) {
    this.share = share;
    this.signatures = new ArrayList<>(counts.keySet());
    // Prompts of several classes first, large ones first: single examples then even out the rest.
    signatures.sort(
        Comparator.<Signature>comparingInt(s -> -s.classes().size())
            .thenComparingInt(s -> -s.size())
            .thenComparing(Comparator.naturalOrder()));
    this.prompts = new long[signatures.size()];
    this.chosen = new long[signatures.size()];
    this.accounts = new ClassAccount[signatures.size()][];
    for (int i = 0; i < prompts.length; i++) {
      Signature signature = signatures.get(i);
      prompts[i] = counts.getOrDefault(signature, 0L);
      accounts[i] = new ClassAccount[signature.classes().size()];
      for (int c = 0; c < accounts[i].length; c++) {
        accounts[i][c] =
            classes.computeIfAbsent(signature.classes().get(c), name -> new ClassAccount());
        accounts[i][c].expect(i, signature.sizes().get(c), prompts[i], share);
      }
    }
    known.forEach((signature, count) -> know(signature, count));
    classes.values().forEach(ClassAccount::settle);
  }

  private void know(Signature signature, long count) {
    for (int c = 0; c < signature.classes().size(); c++) {
      classes
          .computeIfAbsent(signature.classes().get(c), name -> new ClassAccount())
          .know(
              signature.sizes().get(c),
              count,
              signature.side() == Signature.Side.WAS_VALIDATION,
              share);
    }
  }

  /** The number of signatures; indices start at 0. */
  int size() {
    return signatures.size();
  }

  Collection<ClassAccount> classes() {
    return classes.values();
  }

  /** The accounts of the classes of a signature. */
  ClassAccount[] accounts(int signature) {
    return accounts[signature];
  }

  /** Number of accounts read or changed so far. */
  long work() {
    return work;
  }

  /**
   * Gives each signature its share, rounded to compensate the rounding errors of its classes so
   * far.
   */
  void spread() {
    for (int i = 0; i < chosen.length; i++) {
      double ideal = share(i) * prompts[i];
      double owing = 0;
      double weight = 0;
      List<Integer> sizes = signatures.get(i).sizes();
      for (int c = 0; c < accounts[i].length; c++) {
        double size = sizes.get(c);
        owing += size * accounts[i][c].owed;
        weight += size * size;
      }
      change(i, clamp(i, Math.round(ideal + owing / weight)));
      for (int c = 0; c < accounts[i].length; c++) {
        accounts[i][c].owed += sizes.get(c) * (ideal - chosen[i]);
      }
    }
  }

  /** The share of a signature: between those of its classes. */
  private double share(int signature) {
    double sum = 0;
    int size = 0;
    boolean differs = false;
    for (int c = 0; c < accounts[signature].length; c++) {
      int part = signatures.get(signature).sizes().get(c);
      double of = accounts[signature][c].freeShare(share);
      differs |= of != share;
      sum += of * part;
      size += part;
    }
    return differs ? sum / size : share;
  }

  /** The classes whose share cannot be met without a move of what is known. */
  List<Shortfall> shortfalls() {
    List<Shortfall> found = new ArrayList<>();
    classes.forEach(
        (name, account) -> {
          if (account.isShort()) {
            found.add(new Shortfall(name, account.wanted(), account.validation()));
          }
        });
    return found;
  }

  /** Limits a step to the number of available prompts. */
  long clamp(int signature, long step) {
    return Math.max(-chosen[signature], Math.min(prompts[signature] - chosen[signature], step));
  }

  /** Moves prompts of a signature to validation, or out of it. */
  void change(int signature, long step) {
    chosen[signature] += step;
    ClassAccount[] of = accounts[signature];
    for (int c = 0; c < of.length; c++) {
      of[c].change(signatures.get(signature).sizes().get(c), step);
    }
    work += of.length;
  }

  /** The improvement that a step would bring for the signature's classes. */
  SplitImprovement gain(int signature, long step) {
    int absent = absent(signature);
    double penalty = penalty(signature);
    change(signature, step);
    SplitImprovement gain =
        new SplitImprovement(absent - absent(signature), penalty - penalty(signature));
    change(signature, -step);
    return gain;
  }

  private int absent(int signature) {
    int absent = 0;
    for (ClassAccount account : accounts[signature]) {
      absent += account.isAbsent() ? 1 : 0;
    }
    return absent;
  }

  private double penalty(int signature) {
    double penalty = 0;
    for (ClassAccount account : accounts[signature]) {
      penalty += account.penalty();
    }
    return penalty;
  }

  /** The number of prompts of each signature in validation. */
  SortedMap<Signature, Long> plan() {
    SortedMap<Signature, Long> plan = new TreeMap<>();
    for (int i = 0; i < chosen.length; i++) {
      plan.put(signatures.get(i), chosen[i]);
    }
    return plan;
  }
}
