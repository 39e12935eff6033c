package dev.tunebeam.transforms.example;

/** What the model is to learn; it decides the defaults of stop sequence and class. */
public enum Task {
  /** Free text; completions end with the stop sequence. */
  GENERATION,
  /** One of a few labels: the completion is the class, one token is asked for at inference. */
  CLASSIFICATION,
  /** Text without a prompt. */
  OPEN_ENDED
}
