package dev.tunebeam.transforms.delimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.OutcomeCoder;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.row.Source;
import dev.tunebeam.transforms.row.Step;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DelimitExamplesTest {

  private static final Source SOURCE = new Source(1, 2, 3);

  private static Delimiters delimiters(DelimiterInText inText) {
    return new Delimiters(Delimiters.DEFAULT_SEPARATOR, Delimiters.DEFAULT_STOP, true, inText);
  }

  private static Example pair(@Nullable String prompt, String completion) {
    return Example.ofPair(SOURCE, "the raw row", null, prompt, completion, null);
  }

  private static Example delimit(Example example) {
    return DelimitExamples.delimit(example, delimiters(DelimiterInText.CLEAN));
  }

  @Test
  void anExampleWithoutDelimitersStaysTheSame() {
    Example example = pair("###", "FRIEND");
    assertSame(example, delimit(example));
  }

  @Test
  void anExampleWithDelimitersIsCleanedAndMarked() {
    assertEquals(
        pair("a\n\nb", "c  d")
            .withMessages(
                List.of(Message.of(Message.USER, "a\n\nb"), Message.of(Message.ASSISTANT, "c  d")),
                true,
                false),
        delimit(pair("a\n\n###\n\nb", "c END d")));
  }

  @Test
  void theStopMayStandInAPromptAndTheSeparatorInACompletion() {
    Example example = pair("the END is near", "a\n\n###\n\nb");
    assertSame(example, delimit(example));
  }

  @Test
  void aTextOfWhichNothingIsLeftIsRefused() {
    RejectException e =
        assertThrows(RejectException.class, () -> delimit(pair("\n\n###\n\n", "c")));
    assertEquals("nothing is left of the prompt without the separator in it", e.getMessage());
    assertEquals(Reason.BLANK_PROMPT, e.reason());
    e = assertThrows(RejectException.class, () -> delimit(pair(null, "END")));
    assertEquals(
        "nothing is left of the completion without the stop sequence in it", e.getMessage());
    assertEquals(Reason.BLANK_COMPLETION, e.reason());
  }

  @Test
  void chatKeepsTurnsWithoutAText() {
    Example chat =
        new Example(
            SOURCE,
            0,
            "",
            List.of(
                Message.of(Message.USER, ""),
                new Message(Message.ASSISTANT, null, Map.of("tool_calls", List.of()))),
            Map.of(),
            null,
            false,
            false);
    assertSame(chat, DelimitExamples.delimit(chat, Delimiters.NONE));
  }

  @Test
  void examplesAreDelimitedOrRejectedAndEarlierRejectsGoOn() {
    Rejected earlier =
        new Rejected(new Source(0, 0, 1), Step.READ, Reason.MALFORMED_JSON, "broken", "{");
    Pipeline pipeline = Pipeline.create();
    PCollection<Outcome<Example>> examples =
        pipeline.apply(
            Create.of(
                    List.of(
                        Outcome.of(pair("a", "b")),
                        Outcome.of(pair("a", "the END of b")),
                        Outcome.<Example>rejected(earlier)))
                .withCoder(OutcomeCoder.of(SerializableCoder.of(Example.class))));
    PAssert.that(examples.apply(DelimitExamples.with(delimiters(DelimiterInText.REJECT))))
        .containsInAnyOrder(
            List.of(
                Outcome.of(pair("a", "b")),
                Outcome.rejected(
                    new Rejected(
                        SOURCE,
                        Step.DELIMIT,
                        Reason.DELIMITER_IN_TEXT,
                        "the completion holds the stop sequence \" END\" at character 4; choose"
                            + " another stop sequence or set delimiterInText: clean",
                        "the raw row")),
                Outcome.rejected(earlier)));
    pipeline.run().waitUntilFinish();
  }
}
