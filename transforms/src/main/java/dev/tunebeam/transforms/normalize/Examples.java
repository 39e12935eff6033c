package dev.tunebeam.transforms.normalize;

/** The number of examples per conversation. */
public enum Examples {
  /** One: the whole conversation, in which every assistant turn is learned. */
  WHOLE,
  /** One per assistant turn, with the turns before it as context. */
  EACH_ANSWER
}
