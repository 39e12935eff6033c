package dev.tunebeam.tokens;

import java.io.Serializable;

/**
 * What turns texts into a model's tokens. It is sent to the workers of a job, which make their
 * counters of it; tables are made once a JVM, however often it is sent.
 */
public interface Encoding extends Serializable {

  /**
   * The encoding of that name.
   *
   * @param name one of {@link TokenCounters#names}
   * @throws IllegalArgumentException for another name; the message lists the known ones
   */
  static Encoding named(String name) {
    return new NamedEncoding(name);
  }

  /** The name by which others count the same: the same on every machine. */
  String name();

  /** A new counter, for one thread. */
  TokenCounter newCounter();
}
