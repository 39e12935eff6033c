package dev.tunebeam.transforms.split;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves prompts between the splits until no class is out of bounds, or the work limit is reached.
 *
 * <p>A tabu search: class by class it makes the best move, even if it makes other classes worse,
 * and never reverts a recent move; it ends with the best split found. Only needed if prompts have
 * examples of several classes. Ends after work in proportion to the number of signatures.
 */
final class SplitRepair {

  /** Average number of visits per account; about a second for 10,000 signatures. */
  private static final long EFFORT = 400;

  /** Enough to find the split of a dozen prompts if there is one. */
  private static final long LEAST_EFFORT = 200_000;

  /**
   * Weight of presence: like a third of an example out of bounds. Found empirically; higher weights
   * find fewer splits.
   */
  private static final double PRESENCE = 300;

  private final SplitDraft draft;
  private final long maxWork;
  private final long[] tabuUntil;
  private final ArrayDeque<ClassAccount> bad = new ArrayDeque<>();
  private final List<Move> sinceBest = new ArrayList<>();
  private SplitImprovement sinceBestGain = SplitImprovement.NONE;

  private record Move(int signature, long step, SplitImprovement gain) {}

  SplitRepair(SplitDraft draft) {
    this.draft = draft;
    this.tabuUntil = new long[draft.size()];
    long accounts = 0;
    for (int i = 0; i < draft.size(); i++) {
      accounts += draft.accounts(i).length;
    }
    this.maxWork = draft.work() + LEAST_EFFORT + EFFORT * accounts;
  }

  /** Repairs the draft, as far as possible. */
  void run() {
    draft.classes().forEach(this::queue);
    for (long round = 0; !bad.isEmpty() && draft.work() + round < maxWork; round++) {
      ClassAccount account = bad.remove();
      account.isQueued = false;
      Move move = account.isBad() ? best(account, round) : null;
      if (move != null) {
        make(move, round);
      }
      queue(account);
    }
    if (!bad.isEmpty()) {
      for (int i = sinceBest.size() - 1; i >= 0; i--) {
        draft.change(sinceBest.get(i).signature(), -sinceBest.get(i).step());
      }
    }
  }

  private void queue(ClassAccount account) {
    if (!account.isQueued && account.isBad()) {
      account.isQueued = true;
      bad.add(account);
    }
  }

  /** The best move among the class's signatures, which may have a negative gain. */
  private @Nullable Move best(ClassAccount account, long round) {
    Move best = null;
    for (int at = 0; at < account.signatures.size(); at++) {
      int signature = account.signatures.get(at);
      long whole = Math.round(account.missing() / account.sizes.get(at));
      for (long wanted : new long[] {-1, 1, whole}) {
        long step = draft.clamp(signature, wanted);
        if (step == 0) {
          continue;
        }
        SplitImprovement gain = draft.gain(signature, step);
        boolean isTabu = tabuUntil[signature] > round && !sinceBestGain.plus(gain).isReal();
        if (!isTabu && (best == null || weight(gain) > weight(best.gain()))) {
          best = new Move(signature, step, gain);
        }
      }
    }
    return best;
  }

  /**
   * Presence has a finite weight: a class may temporarily leave a split on the way to a better one.
   */
  private static double weight(SplitImprovement gain) {
    return PRESENCE * gain.present() + gain.share();
  }

  private void make(Move move, long round) {
    draft.change(move.signature(), move.step());
    // A varying tabu period, so that the search does not cycle.
    tabuUntil[move.signature()] = round + 1 + round % 5 + round / 64 % 7;
    sinceBest.add(move);
    sinceBestGain = sinceBestGain.plus(move.gain());
    if (sinceBestGain.isReal()) {
      sinceBest.clear();
      sinceBestGain = SplitImprovement.NONE;
    }
    for (ClassAccount account : draft.accounts(move.signature())) {
      queue(account);
    }
  }
}
