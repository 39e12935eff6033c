package dev.tunebeam.transforms.near;

import dev.tunebeam.transforms.read.input.InputRange;
import dev.tunebeam.transforms.read.input.ReadOptions;
import java.io.Serializable;
import java.util.List;

/**
 * The evaluation sets that no example may share a long phrase with.
 *
 * @param ranges of their files, each file in one; the files are numbered after those of the input
 * @param options how to read them
 * @param action what is done with examples that do
 */
public record EvaluationSets(List<InputRange> ranges, ReadOptions options, Contaminated action)
    implements Serializable {

  /** Makes an immutable copy. */
  public EvaluationSets {
    ranges = List.copyOf(ranges);
  }
}
