package dev.tunebeam.tokens;

import java.io.Serializable;

/**
 * A model's tokenizer. It is serialized to the workers of a job, which create their counters from
 * it; its tables are built once per JVM, however often it is sent.
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

  /** The name in the manifest: encodings of the same name give the same counts on every machine. */
  String name();

  /** A new counter, for a single thread. */
  TokenCounter newCounter();
}
