package dev.tunebeam.runner.spill;

import java.io.IOException;

/** What one worker has written of one collection and still holds. */
interface Buffer {

  long held();

  void spill() throws IOException;
}
