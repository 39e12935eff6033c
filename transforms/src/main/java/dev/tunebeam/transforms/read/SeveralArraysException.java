package dev.tunebeam.transforms.read;

import dev.tunebeam.transforms.read.input.UnusableInputException;
import java.util.List;

/** Thrown if a JSON file has several arrays of rows, and nothing says which to read. */
public final class SeveralArraysException extends UnusableInputException {

  private static final long serialVersionUID = 1L;

  private final List<String> arrays;

  SeveralArraysException(String path, List<String> arrays) {
    super(
        "%s: there are arrays of rows under %s; name the one with the rows, such as --rows=%s, or --rows=. if the object is a single row"
            .formatted(path, String.join(", ", arrays), NamedSplits.likeliest(arrays)));
    this.arrays = List.copyOf(arrays);
  }

  /** The paths of the arrays in the file. */
  public List<String> arrays() {
    return arrays;
  }
}
