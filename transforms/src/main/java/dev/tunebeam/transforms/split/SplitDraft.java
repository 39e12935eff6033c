package dev.tunebeam.transforms.split;

import dev.tunebeam.transforms.deduplicate.Signature;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A split that is being made: the prompts of each signature that are in validation, and the account
 * of each class. A few hundred bytes for each signature and class.
 */
final class SplitDraft {

  private final double share;
  private final List<Signature> signatures;
  private final ClassAccount[][] accounts;
  private final long[] prompts;
  private final long[] chosen;
  private final TreeMap<String, ClassAccount> classes = new TreeMap<>();
  private long work;

  /** A draft with nothing in validation yet. */
  SplitDraft(SortedMap<Signature, Long> counts, double share) {
    this.share = share;
    this.signatures = new ArrayList<>(counts.keySet());
    // Prompts of several classes first, large ones first: single examples even out what is left.
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
  }

  /** How many signatures there are; they are numbered from 0. */
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

  /** How many accounts were looked at or changed so far. */
  long work() {
    return work;
  }

  /** Gives each signature its share, rounded so that the classes' errors so far are made good. */
  void spread() {
    for (int i = 0; i < chosen.length; i++) {
      double ideal = share * prompts[i];
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

  /** The most of a step that the number of prompts allows. */
  long clamp(int signature, long step) {
    return Math.max(-chosen[signature], Math.min(prompts[signature] - chosen[signature], step));
  }

  /** Moves so many prompts of a signature to validation, or out of it. */
  void change(int signature, long step) {
    chosen[signature] += step;
    ClassAccount[] of = accounts[signature];
    for (int c = 0; c < of.length; c++) {
      of[c].change(signatures.get(signature).sizes().get(c), step);
    }
    work += of.length;
  }

  /** What a step would do for the signature's classes. */
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

  /** The prompts of each signature that are in validation. */
  SortedMap<Signature, Long> plan() {
    SortedMap<Signature, Long> plan = new TreeMap<>();
    for (int i = 0; i < chosen.length; i++) {
      plan.put(signatures.get(i), chosen[i]);
    }
    return plan;
  }
}
