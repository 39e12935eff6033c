package dev.tunebeam.runner.spill;

import java.io.InputStream;

/** Encoded values, one behind the other, that can be read more than once. */
interface Part {

  long count();

  long bytes();

  InputStream open();
}
