package dev.tunebeam.transforms.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tunebeam.transforms.read.Source;
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
  static ExampleNote decode(byte[] chunk, int from, int length) {
    ByteBuffer bytes = ByteBuffer.wrap(chunk);
    Source source = new Source(bytes.getInt(from), bytes.getInt(from + 4), bytes.getInt(from + 8));
    int answerLength = length - ANSWER;
    return new ExampleNote(
        source,
        bytes.getLong(from + 12),
        bytes.getLong(from + 20),
        answerLength == 0 ? null : new String(chunk, from + ANSWER, answerLength, UTF_8));
  }

  boolean has(Trait trait) {
    return (traits & trait.bit()) != 0;
  }
}
