package dev.tunebeam.transforms.count;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.tokens.Encoding;
import dev.tunebeam.transforms.count.LengthLimit.Counted;
import dev.tunebeam.transforms.delimit.Delimiters;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.render.LineRenderer;
import dev.tunebeam.transforms.render.Transcript;
import dev.tunebeam.transforms.row.Outcome;
import dev.tunebeam.transforms.row.OutcomeCoder;
import dev.tunebeam.transforms.row.OutcomeFn;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import dev.tunebeam.transforms.row.Rejected;
import dev.tunebeam.transforms.row.Step;
import java.io.Serializable;
import java.util.Locale;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Counts the tokens of each example with the model's encoding, truncates or rejects over-long
 * examples, and renders the line.
 *
 * <p>In: examples; out: lines with token counts. A function of each example alone; the encoding's
 * tables are built once per worker.
 */
public final class CountTokens
    extends PTransform<PCollection<Outcome<Example>>, PCollection<Outcome<RenderedExample>>> {

  /**
   * Settings of the stage.
   *
   * @param transcript how prompts render the turns of a conversation, null if each is one question
   * @param encoding counts the model's tokens
   * @param chat tokens that chat adds to those of the texts
   * @param limit the maximum number of tokens per example
   * @param maxLineBytes the longest line that a shard can hold
   */
  public record Settings(
      Format format,
      Delimiters delimiters,
      @Nullable Transcript transcript,
      Encoding encoding,
      ChatArithmetic chat,
      LengthLimit limit,
      long maxLineBytes)
      implements Serializable {}

  private final Settings settings;

  private CountTokens(Settings settings) {
    this.settings = settings;
  }

  public static CountTokens with(Settings settings) {
    return new CountTokens(settings);
  }

  /** Refuses a line that is too long for a shard. */
  public static void checkLine(byte[] line, long maxLineBytes) {
    if (line.length >= maxLineBytes) {
      throw new RejectException(
          Reason.ROW_TOO_LARGE,
          String.format(
              Locale.ROOT,
              "a line of %,d bytes does not fit a shard; raise shardBytes",
              line.length));
    }
  }

  @Override
  public PCollection<Outcome<RenderedExample>> expand(PCollection<Outcome<Example>> examples) {
    return examples
        .apply("Count", ParDo.of(new CountFn(settings)))
        .setCoder(OutcomeCoder.of(SerializableCoder.of(RenderedExample.class)));
  }

  // Beam calls setup() before any element.
  @SuppressWarnings("NullAway.Init")
  private static final class CountFn extends OutcomeFn<Example, RenderedExample> {

    private final Settings settings;
    private transient LineRenderer renderer;
    private transient ExampleTokens tokens;

    CountFn(Settings settings) {
      this.settings = settings;
    }

    @Setup
    public void setup() {
      renderer = new LineRenderer(settings.format(), settings.delimiters(), settings.transcript());
      tokens =
          new ExampleTokens(
              settings.format(), renderer, settings.chat(), settings.encoding().newCounter());
    }

    @Override
    protected RenderedExample apply(Example example) {
      Counted counted = settings.limit().apply(example, tokens::count, settings.delimiters());
      byte[] line = renderer.render(counted.example());
      checkLine(line, settings.maxLineBytes());
      return new RenderedExample(
          counted.example(), counted.tokens(), tokens.images(counted.example()), line);
    }

    @Override
    protected Rejected reject(Example example, Reason reason, String message) {
      return new Rejected(
          example.source(), example.ordinal(), Step.COUNT, reason, message, example.raw());
    }
  }
}
