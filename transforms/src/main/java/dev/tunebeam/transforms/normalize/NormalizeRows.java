package dev.tunebeam.transforms.normalize;

import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.normalize.dialect.Shape;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.OutcomeCoder;
import dev.tunebeam.transforms.row.RejectException;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.row.Row;
import dev.tunebeam.transforms.row.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * Converts rows to examples.
 *
 * <p>In: rows, rejected rows and counts; out: examples, rejected rows and counts. A conversation
 * may give several examples, each of which is kept or rejected on its own. A function of each row
 * and the shape of its file; holds one row and its examples at a time.
 */
public final class NormalizeRows
    extends PTransform<PCollection<Outcome<Row>>, PCollection<Outcome<Example>>> {

  private final List<Shape> shapes;
  private final Normalizer.Settings settings;

  private NormalizeRows(List<Shape> shapes, Normalizer.Settings settings) {
    this.shapes = List.copyOf(shapes);
    this.settings = settings;
  }

  /**
   * Creates the transform.
   *
   * @param shapes one per input file, by index
   */
  public static NormalizeRows of(List<Shape> shapes, Normalizer.Settings settings) {
    return new NormalizeRows(shapes, settings);
  }

  @Override
  public PCollection<Outcome<Example>> expand(PCollection<Outcome<Row>> rows) {
    return rows.apply("Normalize", ParDo.of(new NormalizeFn(shapes, settings)))
        .setCoder(OutcomeCoder.of(SerializableCoder.of(Example.class)));
  }

  private static final class NormalizeFn extends DoFn<Outcome<Row>, Outcome<Example>> {

    private final List<Shape> shapes;
    private final Normalizer.Settings settings;

    /** Created on the worker: templates are not serializable. */
    private transient Map<Shape, Normalizer> normalizers = new HashMap<>();

    NormalizeFn(List<Shape> shapes, Normalizer.Settings settings) {
      this.shapes = shapes;
      this.settings = settings;
    }

    @Setup
    public void setup() {
      normalizers = new HashMap<>();
    }

    @ProcessElement
    public void process(@Element Outcome<Row> outcome, OutputReceiver<Outcome<Example>> out) {
      Row row = outcome.value();
      if (row == null) {
        out.output(outcome.passOn());
        return;
      }
      Normalizer normalizer =
          normalizers.computeIfAbsent(
              shapes.get(row.source().file()), shape -> new Normalizer(shape, settings));
      List<Example> examples;
      try {
        examples = normalizer.normalize(row);
      } catch (RejectException e) {
        out.output(rejected(row, 0, e));
        return;
      }
      for (Example example : examples) {
        Outcome<Example> next;
        try {
          next = Outcome.of(normalizer.fit(example));
        } catch (RejectException e) {
          next = rejected(row, example.ordinal(), e);
        }
        out.output(next);
      }
    }

    private static Outcome<Example> rejected(Row row, int ordinal, RejectException e) {
      return Outcome.rejected(
          new Rejected(
              row.source(), ordinal, Step.NORMALIZE, e.reason(), e.getMessage(), row.raw()));
    }
  }
}
