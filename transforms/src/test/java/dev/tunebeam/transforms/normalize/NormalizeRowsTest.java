package dev.tunebeam.transforms.normalize;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.transforms.read.Row;
import dev.tunebeam.transforms.read.RowCoder;
import dev.tunebeam.transforms.read.Source;
import dev.tunebeam.transforms.reject.Outcome;
import dev.tunebeam.transforms.reject.OutcomeCoder;
import dev.tunebeam.transforms.reject.Reason;
import dev.tunebeam.transforms.reject.Rejected;
import dev.tunebeam.transforms.reject.Step;
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
                    Shape.of(Dialect.PROMPT_COMPLETION, new Mapping("{{q}}", "{{a}}", null, null))),
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
