package dev.tunebeam.dataset.settings;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tunebeam.dataset.yaml.DashedNames;

/** Who trains a model, as recipes, flags and the catalogue call them. */
public enum ProviderName {
  OPENAI,
  AZURE,
  NEBIUS,
  TOGETHER,
  FIREWORKS,
  /** One's own GPUs. */
  LOCAL;

  @JsonValue
  @Override
  public String toString() {
    return DashedNames.of(this);
  }
}
