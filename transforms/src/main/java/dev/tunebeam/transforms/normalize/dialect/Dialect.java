package dev.tunebeam.transforms.normalize.dialect;

/** The format of the rows of a file. */
public enum Dialect {
  /** Detected from the first rows of each file. */
  AUTO,
  /** A prompt and a completion, under common field names or as the recipe maps them. */
  PROMPT_COMPLETION,
  /** instruction, input and output, optionally history and system. */
  ALPACA,
  /** conversations with turns of from and value. */
  SHAREGPT,
  /** messages with role and content, as in OpenAI's training lines. */
  CHAT,
  /** Two answers, one of them preferred. */
  PREFERENCE
}
