package dev.tunebeam.runner.execute;

import dev.tunebeam.runner.plan.ViewStep;
import dev.tunebeam.runner.spill.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.Materializations;
import org.apache.beam.sdk.transforms.Materializations.IterableView;
import org.apache.beam.sdk.transforms.Materializations.MultimapView;
import org.apache.beam.sdk.transforms.ViewFn;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * The side inputs of a job, made when they are first asked for and then the same for all workers.
 *
 * <p>Maps and what is small are held in memory; a large iterable is read from storage whenever it
 * is iterated.
 */
final class SideInputs {

  private final Stores stores;
  private final long mostBytesHeld;
  private final Map<PCollectionView<?>, ViewStep> steps = new HashMap<>();
  private final Map<PCollectionView<?>, Object> made = new HashMap<>();

  SideInputs(Stores stores, List<ViewStep> views) {
    this.stores = stores;
    this.mostBytesHeld = stores.storage().leastPerWorker();
    views.forEach(step -> steps.put(step.view(), step));
  }

  /** The value of a view. */
  synchronized Object get(PCollectionView<?> view) {
    Object value = made.get(view);
    if (value == null) {
      ViewStep step = steps.get(view);
      if (step == null) {
        throw new IllegalArgumentException("this pipeline does not make the view " + view);
      }
      value = make(step);
      made.put(view, value);
    }
    return value;
  }

  @SuppressWarnings("unchecked") // By the contract of materializations.
  private Object make(ViewStep step) {
    Iterable<Object> values = valuesOf(step);
    ViewFn<?, ?> fn = step.fn();
    if (fn.getMaterialization().getUrn().equals(Materializations.MULTIMAP_MATERIALIZATION_URN)) {
      return ((ViewFn<MultimapView<Object, Object>, Object>) fn)
          .apply(new MultimapInMemory(step.input().getCoder(), values));
    }
    return ((ViewFn<IterableView<Object>, Object>) fn).apply(() -> values);
  }

  private Iterable<Object> valuesOf(ViewStep step) {
    Values<Object> stored = stores.values(step).all();
    if (stored.bytes() > mostBytesHeld) {
      return stored;
    }
    List<Object> held = new ArrayList<>((int) Math.min(stored.count(), Integer.MAX_VALUE - 8));
    stored.forEach(held::add);
    return held;
  }
}
