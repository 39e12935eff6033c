package dev.tunebeam.transforms.normalize;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.transforms.read.Row;
import dev.tunebeam.transforms.reject.Outcome;
import dev.tunebeam.transforms.reject.OutcomeCoder;
import dev.tunebeam.transforms.reject.OutcomeFn;
import dev.tunebeam.transforms.reject.Reason;
import dev.tunebeam.transforms.reject.Rejected;
import dev.tunebeam.transforms.reject.Step;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * Rows to examples.
 *
 * <p>In: rows, rejected rows and counts; out: examples, and the rest passed on with the rows that
 * are none. A function of each row alone; holds one row at a time.
 */
public final class NormalizeRows
    extends PTransform<PCollection<Outcome<Row>>, PCollection<Outcome<Example>>> {

  private final Mapping mapping;
  private final Task task;
  private final Format format;

  private NormalizeRows(Mapping mapping, Task task, Format format) {
    this.mapping = mapping;
    this.task = task;
    this.format = format;
  }

  public static NormalizeRows of(Mapping mapping, Task task, Format format) {
    return new NormalizeRows(mapping, task, format);
  }

  @Override
  public PCollection<Outcome<Example>> expand(PCollection<Outcome<Row>> rows) {
    return rows.apply("Normalize", ParDo.of(new NormalizeFn(mapping, task, format)))
        .setCoder(OutcomeCoder.of(SerializableCoder.of(Example.class)));
  }

  // Beam calls setup() before any element.
  @SuppressWarnings("NullAway.Init")
  private static final class NormalizeFn extends OutcomeFn<Row, Example> {

    private final Mapping mapping;
    private final Task task;
    private final Format format;
    private transient Normalizer normalizer;

    NormalizeFn(Mapping mapping, Task task, Format format) {
      this.mapping = mapping;
      this.task = task;
      this.format = format;
    }

    @Setup
    public void setup() {
      normalizer = new Normalizer(mapping, task, format);
    }

    @Override
    protected Example apply(Row row) {
      return normalizer.normalize(row);
    }

    @Override
    protected Rejected reject(Row row, Reason reason, String message) {
      return new Rejected(row.source(), Step.NORMALIZE, reason, message, row.raw());
    }
  }
}
