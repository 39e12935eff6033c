package dev.tunebeam.transforms.normalize.dialect;

/** How the rows of a file say what an example is. */
public enum Dialect {
  /** Whatever the first rows of each file look like. */
  AUTO,
  /** A question and an answer, under usual names or as the recipe maps them. */
  PROMPT_COMPLETION,
  /** instruction, input and output, at times with history and system. */
  ALPACA,
  /** conversations of turns with from and value. */
  SHAREGPT,
  /** messages of role and content, as OpenAI's training lines have them. */
  CHAT,
  /** Two answers, one of which is preferred. */
  PREFERENCE
}
