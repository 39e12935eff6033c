package dev.tunebeam.transforms.example;

/** What the model learns; determines the defaults of stop sequence and class. */
public enum Task {
  /** Free text; completions end with the stop sequence. */
  GENERATION,
  /** One of a few labels: the completion is the class, and one token is generated at inference. */
  CLASSIFICATION,
  /** Text without a prompt. */
  OPEN_ENDED
}
