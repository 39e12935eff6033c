package dev.tunebeam.transforms.normalize.dialect;

import dev.tunebeam.dataset.Format;
import java.io.Serializable;

/**
 * The shape of a file, detected from its first rows.
 *
 * @param shape how its rows become examples
 * @param because why the dialect was inferred, for the user; empty if it was not inferred
 * @param format the output format that fits such rows best
 * @param namesClasses whether the answer is in a field with a common name for classes
 * @param proposed whether prompt and completion were chosen by their values, not by common names
 */
public record DetectedShape(
    Shape shape, String because, Format format, boolean namesClasses, boolean proposed)
    implements Serializable {

  DetectedShape(Shape shape, String because, Format format) {
    this(shape, because, format, false);
  }

  DetectedShape(Shape shape, String because, Format format, boolean namesClasses) {
    this(shape, because, format, namesClasses, false);
  }

  /** A shape whose fields were chosen by their values. */
  static DetectedShape proposed(Shape shape, String because) {
    return new DetectedShape(shape, because, Format.COMPLETION, false, true);
  }
}
