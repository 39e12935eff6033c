package dev.tunebeam.launcher.inference;

/** Runs inference on a provider's models. Thread-safe. */
public interface Inference {

  /** Sends a request and returns the answer; retries when rate-limited. */
  Answer answer(InferenceRequest request);
}
