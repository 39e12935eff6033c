package dev.tunebeam.transforms.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.transforms.delimit.Delimiters;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.row.Source;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What inspect keeps of an example: a few dozen bytes that take the place of its line in
 * deduplication.
 *
 * <pre>
 * file 4 | range 4 | row 4 | traits 8 | candidates 8 | counted answer in UTF-8, or nothing
 * </pre>
 *
 * @param source the position of its row
 * @param traits one bit per {@link Trait}
 * @param candidates one bit per {@linkplain DelimiterCandidates delimiter} in its texts
 * @param answer its answer as {@link AnswerCounts} counts it; null for none
 */
record ExampleNote(Source source, long traits, long candidates, @Nullable String answer) {

  private static final int ANSWER = 28;

  /** The note of an example that would be written in this format. */
  static ExampleNote of(Example example, Format format, Delimiters delimiters) {
    String answer = example.answer().text();
    long traits = ExampleTraits.of(example, format) | bit(Scripts.of(example));
    long candidates = 0;
    if (format == Format.COMPLETION) {
      candidates = DelimiterCandidates.inAnswer(answer);
      for (Message turn : example.context()) {
        candidates |= DelimiterCandidates.inPrompt(turn.text());
        traits |= holds(turn, delimiters.separator()) ? bit(Trait.SEPARATOR_IN_PROMPT) : 0;
      }
      traits |= holds(example.answer(), delimiters.stop()) ? bit(Trait.STOP_IN_ANSWER) : 0;
    }
    boolean isPair = example.nonPreferred() != null;
    return new ExampleNote(
        example.source(), traits, candidates, isPair ? null : AnswerCounts.counted(answer));
  }

  private static long bit(@Nullable Trait trait) {
    return trait == null ? 0 : trait.bit();
  }

  private static boolean holds(Message turn, String delimiter) {
    return !delimiter.isEmpty() && turn.text().contains(delimiter);
  }

  byte[] encode() {
    byte[] text = answer == null ? new byte[0] : answer.getBytes(UTF_8);
    return ByteBuffer.allocate(ANSWER + text.length)
        .putInt(source.file())
        .putInt(source.range())
        .putInt(source.row())
        .putLong(traits)
        .putLong(candidates)
        .put(text)
        .array();
  }

  /** Decodes a note from part of an array. */
  static ExampleNote decode(byte[] within, int from, int length) {
    ByteBuffer bytes = ByteBuffer.wrap(within);
    Source source = new Source(bytes.getInt(from), bytes.getInt(from + 4), bytes.getInt(from + 8));
    int answerLength = length - ANSWER;
    return new ExampleNote(
        source,
        bytes.getLong(from + 12),
        bytes.getLong(from + 20),
        answerLength == 0 ? null : new String(within, from + ANSWER, answerLength, UTF_8));
  }

  boolean has(Trait trait) {
    return (traits & trait.bit()) != 0;
  }
}
