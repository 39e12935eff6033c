package dev.tunebeam.runner.execute;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.Materializations.MultimapView;
import org.apache.beam.sdk.values.KV;

/** Keys with their values; keys are equal as their coder says. */
final class MultimapInMemory implements MultimapView<Object, Object> {

  private final Coder<Object> keyCoder;
  private final Map<Object, List<Object>> valuesByKey = new LinkedHashMap<>();
  private final List<Object> keys = new ArrayList<>();

  @SuppressWarnings("unchecked") // The elements of a multimap are pairs.
  MultimapInMemory(Coder<?> coder, Iterable<Object> pairs) {
    this.keyCoder = (Coder<Object>) ((KvCoder<?, ?>) coder).getKeyCoder();
    for (Object pair : pairs) {
      KV<?, ?> kv = (KV<?, ?>) pair;
      Object key = kv.getKey();
      valuesByKey
          .computeIfAbsent(
              keyCoder.structuralValue(key),
              unused -> {
                keys.add(key);
                return new ArrayList<>();
              })
          .add(kv.getValue());
    }
  }

  @Override
  public Iterable<Object> get() {
    return keys;
  }

  @Override
  public Iterable<Object> get(Object key) {
    return valuesByKey.getOrDefault(keyCoder.structuralValue(key), List.of());
  }
}
