package dev.tunebeam.runner.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.values.PCollection;

/**
 * The steps of a pipeline, in an order in which each comes behind those that it reads from.
 *
 * <p>They run level by level. What is stored on one level, because all of it must be known first,
 * is read on a later one; all functions between two such places are called one within the other.
 */
public final class Plan {

  private final List<Step> steps;
  private final Map<PCollection<?>, List<Consumer>> consumers;
  private final Map<Root, Integer> sourceLevels = new HashMap<>();
  private final int levels;

  /**
   * A plan.
   *
   * @param steps in topological order
   * @param consumers of each collection, those behind a Flatten too
   */
  Plan(List<Step> steps, Map<PCollection<?>, List<Consumer>> consumers, int levels) {
    this.steps = List.copyOf(steps);
    this.consumers = consumers;
    this.levels = levels;
    planSources();
  }

  public int levels() {
    return levels;
  }

  public List<Step> steps() {
    return steps;
  }

  public List<Consumer> consumersOf(PCollection<?> collection) {
    return consumers.getOrDefault(collection, List.of());
  }

  /**
   * The consumers that a root feeds when it is read on a level. A source is read once; what is
   * stored anyway is read again for functions that wait for a side input.
   */
  public List<Consumer> consumersOf(Root root, int level) {
    List<Consumer> all = consumersOf(root.output());
    if (root instanceof StoredStep stored) {
      return all.stream()
          .filter(consumer -> Math.max(stored.readLevel(), firstLevel(consumer)) == level)
          .toList();
    }
    return all;
  }

  /** Whether a root is read on a level. */
  public boolean isReadOn(Root root, int level) {
    if (root instanceof StoredStep) {
      return !consumersOf(root, level).isEmpty();
    }
    return sourceLevels.getOrDefault(root, 0) == level;
  }

  /** The last level on which what is stored for a consumer is read; -1 if there is nothing. */
  public int lastReadOf(Consumer consumer) {
    if (consumer instanceof StoredStep stored) {
      return consumersOf(stored.output()).stream()
          .mapToInt(reader -> Math.max(stored.readLevel(), firstLevel(reader)))
          .max()
          .orElse(stored.readLevel());
    }
    return consumer instanceof ParDoStep parDo ? parDo.firstLevel() : -1;
  }

  private static int firstLevel(Consumer consumer) {
    return consumer instanceof ParDoStep parDo ? parDo.firstLevel() : 0;
  }

  /** A source whose elements would only wait for side inputs is read when these are there. */
  private void planSources() {
    Map<PCollection<?>, Integer> needed = new HashMap<>();
    List<Step> backwards = new ArrayList<>(steps);
    Collections.reverse(backwards);
    for (Step step : backwards) {
      if (step instanceof ParDoStep parDo) {
        int level = Math.max(parDo.firstLevel(), neededBy(parDo.outputs().values(), needed));
        needed.merge(parDo.input(), level, Math::min);
      }
    }
    for (Step step : steps) {
      if (step instanceof ImpulseStep || step instanceof ReadStep) {
        Root root = (Root) step;
        sourceLevels.put(root, neededBy(List.of(root.output()), needed));
      }
    }
  }

  private int neededBy(
      Collection<? extends PCollection<?>> outputs, Map<PCollection<?>, Integer> needed) {
    return outputs.stream()
        .flatMap(output -> consumersOf(output).stream())
        .map(
            consumer ->
                consumer instanceof ParDoStep ? needed.getOrDefault(consumer.input(), 0) : 0)
        .min(Comparator.naturalOrder())
        .orElse(0);
  }
}
