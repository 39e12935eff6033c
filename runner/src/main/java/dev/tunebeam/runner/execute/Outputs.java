package dev.tunebeam.runner.execute;

import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;

/** Where a function's output goes, by tag. */
final class Outputs {

  private final Receiver main;
  private final Map<TupleTag<?>, Receiver> byTag;

  Outputs(TupleTag<?> mainTag, Map<TupleTag<?>, Receiver> byTag) {
    this.main = byTag.getOrDefault(mainTag, unused -> {});
    this.byTag = new HashMap<>(byTag);
  }

  Receiver main() {
    return main;
  }

  Receiver of(TupleTag<?> tag) {
    Receiver receiver = byTag.get(tag);
    if (receiver == null) {
      throw new IllegalArgumentException("Unknown output tag " + tag);
    }
    return receiver;
  }

  /** Beam's elements know their types; here they are objects. */
  @SuppressWarnings("unchecked")
  static WindowedValue<Object> ofAny(WindowedValue<?> value) {
    return (WindowedValue<Object>) value;
  }
}
