package dev.tunebeam.launcher.standin;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Faults and hooks, in the order in which they were given. */
final class Plan {
  private final List<Rule> rules = new ArrayList<>();

  /** When a hook runs. */
  enum Moment {
    BEFORE_EFFECT,
    BEFORE_ANSWER
  }

  /** A rule as given, and how many requests it has met. */
  private static final class Rule {
    final Which which;
    final @Nullable Fault fault;
    final @Nullable Moment moment;
    final @Nullable Runnable hook;
    int seen;
    int used;

    Rule(Which which, @Nullable Fault fault, @Nullable Moment moment, @Nullable Runnable hook) {
      this.which = which;
      this.fault = fault;
      this.moment = moment;
      this.hook = hook;
    }
  }

  /** What is planned for one request. */
  record Step(@Nullable Fault fault, List<Runnable> beforeEffect, List<Runnable> beforeAnswer) {}

  synchronized void fault(Which which, Fault fault) {
    rules.add(new Rule(which, fault, null, null));
  }

  synchronized void hook(Which which, Moment moment, Runnable hook) {
    rules.add(new Rule(which, null, moment, hook));
  }

  synchronized void clear() {
    rules.clear();
  }

  /** Takes what is planned for a request; of several faults the first given counts. */
  synchronized Step next(int number, String method, String path) {
    Fault fault = null;
    List<Runnable> beforeEffect = new ArrayList<>();
    List<Runnable> beforeAnswer = new ArrayList<>();
    for (Rule rule : rules) {
      if (!rule.which.fits(method, path)) {
        continue;
      }
      rule.seen++;
      if (!rule.which.includes(rule.which.countsAll() ? number : rule.seen)) {
        continue;
      }
      if (rule.hook != null) {
        rule.used++;
        (rule.moment == Moment.BEFORE_EFFECT ? beforeEffect : beforeAnswer).add(rule.hook);
      } else if (fault == null) {
        rule.used++;
        fault = rule.fault;
      }
    }
    return new Step(fault, beforeEffect, beforeAnswer);
  }

  /** The faults that no request has met yet: a test that has any has not tested what it says. */
  synchronized List<Fault> unused() {
    List<Fault> unused = new ArrayList<>();
    for (Rule rule : rules) {
      if (rule.fault != null && rule.used == 0) {
        unused.add(rule.fault);
      }
    }
    return unused;
  }
}
