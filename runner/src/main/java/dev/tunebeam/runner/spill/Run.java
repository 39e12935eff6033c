package dev.tunebeam.runner.spill;

import java.io.IOException;

/** Values by key, ordered by partition and key. */
interface Run {

  /** How much there is of a partition. */
  long bytes(int partition);

  /** Reads a partition. */
  Fragments open(int partition, int bufferBytes);

  /** Walks from key to key. */
  interface Fragments {

    /** Goes to the next key, if there is one. */
    boolean advance() throws IOException;

    EncodedKey key();

    /** The values of that key. */
    Part values();
  }
}
