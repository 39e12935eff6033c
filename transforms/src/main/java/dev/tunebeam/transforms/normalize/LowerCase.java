package dev.tunebeam.transforms.normalize;

/** Which texts are put into lower case. */
public enum LowerCase {
  NONE,
  PROMPT,
  COMPLETION,
  BOTH;

  /** Whether prompts are among them. */
  public boolean ofPrompts() {
    return this == PROMPT || this == BOTH;
  }

  /** Whether completions are among them. */
  public boolean ofCompletions() {
    return this == COMPLETION || this == BOTH;
  }
}
