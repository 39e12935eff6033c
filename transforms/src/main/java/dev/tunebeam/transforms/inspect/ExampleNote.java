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
 * All that an inspection keeps of an example: a few dozen bytes that go through deduplication in
 * the place of its line.
 *
 * <pre>
 * file 4 | range 4 | row 4 | traits 8 | candidates 8 | answer as it is counted in UTF-8, or nothing
 * </pre>
 *
 * @param source where it stands
 * @param traits a bit for each {@link Trait}
 * @param candidates a bit for each {@linkplain DelimiterCandidates delimiter} that is in its text
 * @param answer its answer as {@link AnswerCounts} counts it; null for none
 */
record ExampleNote(Source source, long traits, long candidates, @Nullable String answer) {

  private static final int ANSWER = 28;

  /** What is kept of an example that is to become a line of this format. */
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

  /** Reads a note that stands within bytes. */
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
