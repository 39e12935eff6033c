package dev.tunebeam.transforms.delimit;

import dev.tunebeam.transforms.delimit.Delimiters.Cleaned;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.OutcomeFn;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.row.Step;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * Removes separator and stop sequence from the texts of examples, or rejects those that contain
 * them.
 *
 * <p>The delimiters themselves are added when the line is rendered, so that a prompt can still be
 * truncated before. A function of each example alone.
 */
public final class DelimitExamples
    extends PTransform<PCollection<Outcome<Example>>, PCollection<Outcome<Example>>> {

  private final Delimiters delimiters;

  private DelimitExamples(Delimiters delimiters) {
    this.delimiters = delimiters;
  }

  public static DelimitExamples with(Delimiters delimiters) {
    return new DelimitExamples(delimiters);
  }

  @Override
  public PCollection<Outcome<Example>> expand(PCollection<Outcome<Example>> examples) {
    return examples
        .apply("Delimit", ParDo.of(new DelimitFn(delimiters)))
        .setCoder(examples.getCoder());
  }

  /**
   * The example without delimiters in its texts; throws {@link RejectException} if a text becomes
   * empty.
   */
  public static Example delimit(Example example, Delimiters delimiters) {
    boolean changed = false;
    List<Message> turns = new ArrayList<>(example.messages().size());
    int answer = example.messages().size() - 1;
    for (int i = 0; i <= answer; i++) {
      Message turn = example.messages().get(i);
      // Earlier answers are part of the prompt.
      Cleaned cleaned =
          i == answer
              ? delimiters.cleanCompletion(turn.text())
              : delimiters.cleanPrompt(turn.text());
      // Chat may have turns without text; texts that were empty before are left alone.
      if (cleaned.changed() && cleaned.text().isEmpty()) {
        throw new RejectException(
            i == answer ? Reason.BLANK_COMPLETION : Reason.BLANK_PROMPT,
            "nothing is left of the %s without the %s in it"
                .formatted(
                    i == answer ? "completion" : "prompt",
                    i == answer ? "stop sequence" : "separator"));
      }
      changed |= cleaned.changed();
      turns.add(cleaned.changed() ? turn.withText(cleaned.text()) : turn);
    }
    return changed ? example.withMessages(turns, true, example.truncated()) : example;
  }

  private static final class DelimitFn extends OutcomeFn<Example, Example> {

    private final Delimiters delimiters;

    DelimitFn(Delimiters delimiters) {
      this.delimiters = delimiters;
    }

    @Override
    protected Example apply(Example example) {
      return delimit(example, delimiters);
    }

    @Override
    protected Rejected reject(Example example, Reason reason, String message) {
      return new Rejected(
          example.source(), example.ordinal(), Step.DELIMIT, reason, message, example.raw());
    }
  }
}
