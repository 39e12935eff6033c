package dev.tunebeam.transforms.read.xlsx;

import java.io.IOException;

/** A workbook that could fill the memory; the message is the second half of a sentence on it. */
final class UnsafeWorkbookException extends IOException {

  private static final long serialVersionUID = 1L;

  UnsafeWorkbookException(String problem) {
    super(problem);
  }
}
