package dev.tunebeam.transforms.read.xlsx;

import java.io.IOException;

/**
 * Thrown for a workbook that could exhaust the memory; the message is the second half of a sentence
 * about it.
 */
final class UnsafeWorkbookException extends IOException {

  private static final long serialVersionUID = 1L;

  UnsafeWorkbookException(String problem) {
    super(problem);
  }
}
