package dev.tunebeam.transforms.read;

import dev.tunebeam.transforms.read.input.InputRange;
import dev.tunebeam.transforms.read.input.ReadOptions;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.RangeStats;
import dev.tunebeam.transforms.row.Row;
import java.util.List;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads ranges of files: each gives its rows, valid and rejected, and last its {@link RangeStats}.
 *
 * <pre>{@code
 * InputFiles input = InputFiles.find(List.of("data/*.jsonl"), options);
 * pipeline.apply("Read", ReadRows.of(input.ranges(), options));
 * }</pre>
 *
 * <p>Deterministic: a function of the files and the options. Holds a few rows at a time.
 */
public final class ReadRows extends PTransform<PBegin, PCollection<Outcome<Row>>> {

  private static final long serialVersionUID = 1L;

  private final List<InputRange> ranges;
  private final ReadOptions options;

  private ReadRows(List<InputRange> ranges, ReadOptions options) {
    this.ranges = List.copyOf(ranges);
    this.options = options;
  }

  /** Reads the ranges with the options that they were created with. */
  public static ReadRows of(List<InputRange> ranges, ReadOptions options) {
    return new ReadRows(ranges, options);
  }

  @Override
  public PCollection<Outcome<Row>> expand(PBegin begin) {
    return begin.apply("Ranges", Read.from(new RowSource(ranges, options)));
  }
}
