package dev.tunebeam.transforms.read;

import dev.tunebeam.transforms.reject.Outcome;
import dev.tunebeam.transforms.reject.OutcomeCoder;
import java.io.IOException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads ranges of files: each gives its rows, good and rejected, and last its {@link RangeStats}.
 *
 * <pre>{@code
 * InputFiles input = InputFiles.find(List.of("data/*.jsonl"), options);
 * pipeline
 *     .apply("List input", Create.of(input.ranges()).withCoder(InputRangeCoder.of()))
 *     .apply("Read", ReadRows.of(options));
 * }</pre>
 *
 * <p>Deterministic: a function of the files and the options. Holds a few rows at a time itself, but
 * a runner may hold what a range gives until the range is done.
 */
public final class ReadRows extends PTransform<PCollection<InputRange>, PCollection<Outcome<Row>>> {

  private static final long serialVersionUID = 1L;

  private final ReadOptions options;

  private ReadRows(ReadOptions options) {
    this.options = options;
  }

  /** Reads with these options, the ones that the ranges were made with. */
  public static ReadRows of(ReadOptions options) {
    return new ReadRows(options);
  }

  @Override
  public PCollection<Outcome<Row>> expand(PCollection<InputRange> ranges) {
    return ranges
        .apply("ReadRange", ParDo.of(new ReadRange(options)))
        .setCoder(OutcomeCoder.of(RowCoder.of()));
  }

  private static final class ReadRange extends DoFn<InputRange, Outcome<Row>> {

    private static final long serialVersionUID = 1L;

    private final ReadOptions options;

    ReadRange(ReadOptions options) {
      this.options = options;
    }

    @ProcessElement
    public void read(@Element InputRange range, OutputReceiver<Outcome<Row>> out)
        throws IOException {
      try (RangeReader reader = RangeReader.open(range, options)) {
        for (Outcome<Row> next = reader.next(); next != null; next = reader.next()) {
          out.output(next);
        }
      }
    }
  }
}
