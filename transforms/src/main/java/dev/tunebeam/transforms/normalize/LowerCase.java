package dev.tunebeam.transforms.normalize;

/** Which texts to convert to lower case. */
public enum LowerCase {
  NONE,
  PROMPT,
  COMPLETION,
  BOTH;

  /** Whether prompts are converted. */
  public boolean ofPrompts() {
    return this == PROMPT || this == BOTH;
  }

  /** Whether completions are converted. */
  public boolean ofCompletions() {
    return this == COMPLETION || this == BOTH;
  }
}
