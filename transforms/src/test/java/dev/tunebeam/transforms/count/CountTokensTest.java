package dev.tunebeam.transforms.count;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.tokens.Encoding;
import dev.tunebeam.transforms.delimit.DelimiterInText;
import dev.tunebeam.transforms.delimit.Delimiters;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.normalize.JsonRow;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.OutcomeCoder;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.row.Source;
import dev.tunebeam.transforms.row.Step;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;

final class CountTokensTest {

  private static final Delimiters DELIMITERS =
      new Delimiters(
          Delimiters.DEFAULT_SEPARATOR, Delimiters.DEFAULT_STOP, true, DelimiterInText.CLEAN);

  private static Example pair(String prompt, String completion) {
    return Example.ofPair(JsonRow.SOURCE, "the raw row", null, prompt, completion, null);
  }

  /** All that there is in an outcome, since the lines are arrays. */
  private static String told(Outcome<RenderedExample> outcome) {
    RenderedExample rendered = outcome.value();
    return rendered == null
        ? outcome.toString()
        : "%s %s %s"
            .formatted(rendered.tokens(), new String(rendered.line(), UTF_8), rendered.example());
  }

  private static String rejected(Reason reason, String message) {
    return Outcome.rejected(
            new Rejected(JsonRow.SOURCE, Step.COUNT, reason, message, "the raw row"))
        .toString();
  }

  private static PCollection<String> count(
      Pipeline pipeline, LengthLimit limit, List<Outcome<Example>> examples) {
    return pipeline
        .apply(Create.of(examples).withCoder(OutcomeCoder.of(SerializableCoder.of(Example.class))))
        .apply(
            CountTokens.with(
                new CountTokens.Settings(
                    Format.COMPLETION,
                    DELIMITERS,
                    null,
                    Encoding.named("cl100k_base"),
                    ChatArithmetic.GPT_4O,
                    limit,
                    100)))
        .apply(MapElements.into(TypeDescriptors.strings()).via(CountTokensTest::told));
  }

  @Test
  void examplesBecomeLinesWithTheirTokensOrAreRejectedAndEarlierRejectsGoOn() {
    Rejected earlier =
        new Rejected(new Source(0, 0, 1), Step.READ, Reason.MALFORMED_JSON, "broken", "{");
    Pipeline pipeline = Pipeline.create();
    PCollection<String> told =
        count(
            pipeline,
            new LengthLimit(20, TooLong.REJECT),
            List.of(
                Outcome.of(pair("a", "b")),
                Outcome.of(pair("x ".repeat(30).strip(), "b")),
                Outcome.of(pair("\ud83d", "b")),
                Outcome.of(pair("a", "internationalization internationalization ".repeat(2))),
                Outcome.rejected(earlier)));
    PAssert.that(told)
        .containsInAnyOrder(
            List.of(
                "5 {\"prompt\":\"a\\n\\n###\\n\\n\",\"completion\":\" b END\"} " + pair("a", "b"),
                rejected(
                    Reason.TOO_LONG,
                    "34 tokens, the limit is 20; cut the text or set tooLong: truncate-right"),
                rejected(
                    Reason.BAD_ENCODING,
                    "the text holds half of a surrogate pair; correct the escape in it"),
                rejected(
                    Reason.ROW_TOO_LARGE,
                    "a line of 130 bytes does not fit a shard; raise shardBytes"),
                Outcome.rejected(earlier).toString()));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void theLineOfAnExampleThatWasCutHasTheSeparatorAndTheWholeAnswer() {
    Pipeline pipeline = Pipeline.create();
    Example cut = pair("x x x", "b");
    PAssert.that(
            count(
                pipeline,
                new LengthLimit(7, TooLong.TRUNCATE_RIGHT),
                List.of(Outcome.of(pair("x x x x", "b")))))
        .containsInAnyOrder(
            List.of(
                "7 {\"prompt\":\"x x x\\n\\n###\\n\\n\",\"completion\":\" b END\"} "
                    + cut.withMessages(cut.messages(), false, true)));
    pipeline.run().waitUntilFinish();
  }
}
