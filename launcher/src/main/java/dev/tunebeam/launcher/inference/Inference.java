package dev.tunebeam.launcher.inference;

/** Asks a provider's models. Thread-safe. */
public interface Inference {

  /** The model's answer; repeated where the provider asks to wait. */
  Answer answer(Question question);
}
