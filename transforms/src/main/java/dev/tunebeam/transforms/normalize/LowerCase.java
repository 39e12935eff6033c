package dev.tunebeam.transforms.normalize;

/** Which texts are put into lower case. */
public enum LowerCase {
  NONE,
  PROMPT,
  COMPLETION,
  BOTH;

  boolean ofPrompts() {
    return this == PROMPT || this == BOTH;
  }

  boolean ofCompletions() {
    return this == COMPLETION || this == BOTH;
  }
}
