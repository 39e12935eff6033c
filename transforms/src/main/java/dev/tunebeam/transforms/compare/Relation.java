package dev.tunebeam.transforms.compare;

/** What two similar texts are to each other. */
public enum Relation {
  /** They say different things. */
  DIFFERENT,
  /** One is a near copy of the other. */
  NEAR_COPY,
  /** The same question with another answer or class. */
  CONFLICT
}
