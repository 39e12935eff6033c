package dev.tunebeam.transforms.split;

import dev.tunebeam.transforms.deduplicate.Signature;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The plan of the split: in the order of their prompts the first of each signature go to
 * validation, the next ones to train, and the last ones may be left out. A function of the
 * examples' fingerprints, which are seeded; rows are not read again, and the number of shards makes
 * no difference. Holds a number per signature.
 */
public final class SplitPlan implements Serializable {

  private final TreeMap<Signature, Cut> validation;

  /** Empty if all are used. */
  private final TreeMap<Signature, Cut> used;

  private final TreeMap<Fingerprint, Signature> spanning;
  private final List<Shortfall> shortfalls;

  SplitPlan(
      Map<Signature, Cut> validation,
      Map<Signature, Cut> used,
      Map<Fingerprint, Signature> spanning,
      List<Shortfall> shortfalls) {
    this.validation = new TreeMap<>(validation);
    this.used = new TreeMap<>(used);
    this.spanning = new TreeMap<>(spanning);
    this.shortfalls = List.copyOf(shortfalls);
  }

  /**
   * Whether a prompt goes to validation.
   *
   * @param order of its fingerprint
   */
  public boolean isValidation(Signature signature, long order) {
    return includes(validation.get(signature), order);
  }

  /** Whether a prompt is left out; parameters as above. */
  public boolean isLeftOut(Signature signature, long order) {
    return leavesOut() && !includes(used.get(signature), order);
  }

  private static boolean includes(@Nullable Cut cut, long order) {
    return cut != null && cut.includes(order);
  }

  /** The classes whose share cannot be met, since what is known keeps its side. */
  public List<Shortfall> shortfalls() {
    return shortfalls;
  }

  /** Whether any prompt is left out. */
  public boolean leavesOut() {
    return !used.isEmpty();
  }

  /** Whether a prompt that does not fit into one chunk goes to validation. */
  public boolean isValidation(Fingerprint prompt) {
    Signature signature = spanning.get(prompt);
    return signature != null && isValidation(signature, prompt.order());
  }

  /** Whether a prompt that does not fit into one chunk is left out. */
  public boolean isLeftOut(Fingerprint prompt) {
    Signature signature = spanning.get(prompt);
    return signature != null && isLeftOut(signature, prompt.order());
  }
}
