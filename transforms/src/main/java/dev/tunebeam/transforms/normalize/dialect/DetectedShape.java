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
 */
public record DetectedShape(Shape shape, String because, Format format, boolean namesClasses)
    implements Serializable {

  DetectedShape(Shape shape, String because, Format format) {
    this(shape, because, format, false);
  }
}
