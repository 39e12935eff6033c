package dev.tunebeam.transforms.normalize.dialect;

import dev.tunebeam.dataset.Format;
import java.io.Serializable;

/**
 * What the first rows of a file look like.
 *
 * @param shape how its rows become examples
 * @param because what the dialect was concluded from, in words; empty where it was not concluded
 * @param format the lines that such rows come closest to
 * @param namesClasses whether the answer stands in a field that is called as classes are
 */
public record DetectedShape(Shape shape, String because, Format format, boolean namesClasses)
    implements Serializable {

  DetectedShape(Shape shape, String because, Format format) {
    this(shape, because, format, false);
  }
}
