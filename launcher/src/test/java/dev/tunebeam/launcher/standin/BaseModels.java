package dev.tunebeam.launcher.standin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The provider's own models: some can be trained, some have a last day. */
final class BaseModels {
  /**
   * One model.
   *
   * @param shutdown a date (ISO 8601); null where none is announced
   */
  record Base(String id, @Nullable String shutdown, boolean trainable) {}

  private final Map<String, Base> models = new LinkedHashMap<>();

  BaseModels() {
    for (String id :
        List.of(
            "gpt-4.1-2025-04-14",
            "gpt-4.1-mini-2025-04-14",
            "gpt-4o-2024-08-06",
            "gpt-4o-mini-2024-07-18")) {
      add(id, "2027-01-14", true);
    }
    add("gpt-5.2", null, false);
    add("gpt-4.1-nano-2025-04-14", "2026-10-23", false);
    add("meta-llama/Llama-3.1-8B-Instruct", null, true);
    add("meta-llama/Meta-Llama-3.1-8B-Instruct", null, true);
    add("meta-llama/Meta-Llama-3.1-8B-Instruct-Reference", null, true);
    add("accounts/fireworks/models/llama-v3p1-8b-instruct", null, true);
    add("accounts/fireworks/models/qwen3p5-9b", null, true);
    add("accounts/fireworks/models/whisper-v3", null, false);
    add("accounts/fireworks/models/new-model", null, true);
  }

  synchronized void add(String id, @Nullable String shutdown, boolean trainable) {
    models.put(id, new Base(id, shutdown, trainable));
  }

  synchronized @Nullable Base get(String id) {
    return models.get(id);
  }

  synchronized boolean trainable(String id) {
    Base base = models.get(id);
    return base != null && base.trainable;
  }

  synchronized List<Base> all() {
    return new ArrayList<>(models.values());
  }
}
