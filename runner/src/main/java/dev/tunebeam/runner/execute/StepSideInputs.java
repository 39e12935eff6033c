package dev.tunebeam.runner.execute;

import dev.tunebeam.runner.plan.ParDoStep;
import java.util.IdentityHashMap;
import org.apache.beam.sdk.values.PCollectionView;

/** The side inputs that a step has declared, as one worker sees them. */
final class StepSideInputs {

  private final ParDoStep step;
  private final SideInputs sideInputs;

  /** A function has its own copies of the views, always the same ones. */
  private final IdentityHashMap<PCollectionView<?>, Object> seen = new IdentityHashMap<>();

  StepSideInputs(ParDoStep step, SideInputs sideInputs) {
    this.step = step;
    this.sideInputs = sideInputs;
  }

  @SuppressWarnings("unchecked") // A view gives what its type says.
  <T> T get(PCollectionView<T> view) {
    if (seen.containsKey(view)) {
      return (T) seen.get(view);
    }
    if (!step.sideInputs().containsValue(view)) {
      throw new IllegalArgumentException(
          "calling sideInput() with unknown view: %s does not declare it as a side input"
              .formatted(step.name()));
    }
    Object value = sideInputs.get(view);
    seen.put(view, value);
    return (T) value;
  }

  Object get(String name) {
    PCollectionView<?> view = step.sideInputs().get(name);
    if (view == null) {
      throw new IllegalArgumentException(
          "%s has no side input of the name %s".formatted(step.name(), name));
    }
    return get(view);
  }
}
