package dev.tunebeam.transforms.normalize;

/** How many examples a conversation gives. */
public enum Examples {
  /** One: the conversation, in which every turn of the assistant is learned. */
  WHOLE,
  /** One for each turn of the assistant, with the turns before it as context. */
  EACH_ANSWER
}
