package dev.tunebeam.transforms.normalize;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Task;
import dev.tunebeam.transforms.normalize.dialect.Dialect;
import dev.tunebeam.transforms.normalize.dialect.FieldMapping;
import dev.tunebeam.transforms.normalize.dialect.Shape;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.OutcomeCoder;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.row.Row;
import dev.tunebeam.transforms.row.RowCoder;
import dev.tunebeam.transforms.row.Source;
import dev.tunebeam.transforms.row.Step;
import java.util.Collections;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;

final class NormalizeRowsTest {

  @Test
  void goodRowsBecomeExamplesBadOnesAreRejectedAndEarlierRejectsGoOn() {
    Row good = JsonRow.of("{\"q\": \"Who?\", \"a\": \"I.\"}");
    Row bad = new Row(new Source(4, 0, 9), "{\"q\": \"x\"}", JsonRow.fields("{\"q\": \"x\"}"));
    Rejected earlier =
        new Rejected(new Source(0, 0, 1), Step.READ, Reason.MALFORMED_JSON, "broken", "{");
    Pipeline pipeline = Pipeline.create();
    PCollection<Outcome<Row>> rows =
        pipeline.apply(
            Create.of(List.of(Outcome.of(good), Outcome.of(bad), Outcome.<Row>rejected(earlier)))
                .withCoder(OutcomeCoder.of(RowCoder.of())));
    PCollection<Outcome<Example>> examples =
        rows.apply(
            NormalizeRows.of(
                Collections.nCopies(
                    5,
                    Shape.of(
                        Dialect.PROMPT_COMPLETION, new FieldMapping("{{q}}", "{{a}}", null, null))),
                new Normalizer.Settings(
                    Task.GENERATION, Format.CHAT, Examples.WHOLE, List.of(), TextEdits.NONE)));
    PAssert.that(examples)
        .containsInAnyOrder(
            List.of(
                Outcome.of(Example.ofPair(JsonRow.SOURCE, good.raw(), null, "Who?", "I.", null)),
                Outcome.rejected(
                    new Rejected(
                        new Source(4, 0, 9),
                        Step.NORMALIZE,
                        Reason.MISSING_FIELD,
                        "completion: the row has no field 'a', only [q]; correct map.completion, or"
                            + " write {{a?}} if it may be missing",
                        "{\"q\": \"x\"}")),
                Outcome.rejected(earlier)));
    pipeline.run().waitUntilFinish();
  }
}
