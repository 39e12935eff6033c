package dev.tunebeam.transforms.compare;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.fingerprint.ExampleFingerprints;
import dev.tunebeam.transforms.fingerprint.Fingerprint;
import dev.tunebeam.transforms.json.JsonText;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the compared form of examples. The texts of the user, the assistant and tools are compared;
 * all else has to be equal in near copies.
 *
 * <p>A short answer is no part of the signature: it has to be equal anyway, and so the same
 * question with another label is found. One for each thread.
 */
public final class ComparedTexts {

  /** Texts with fewer words have to have the same words to be alike. */
  static final int FEW_WORDS = 8;

  private static final int SAMPLED_WORDS = 32;

  private final NearBy by;
  private final WordReader reader = new WordReader();

  /** Creates the factory. */
  public ComparedTexts(NearBy by) {
    this.by = by;
  }

  /**
   * The compared form of an example.
   *
   * @param fingerprints its seeded fingerprints
   * @param unit what stays on one side of the split with it
   * @param given whether it is of the validation input
   */
  public ComparedText of(
      Example example, ExampleFingerprints fingerprints, Fingerprint unit, boolean given) {
    reader.clear();
    HashStream64 frame = Hashing.wyhashFinal4().hashStream();
    frame.putString(JsonText.of(example.other()));
    List<Message> turns =
        by == NearBy.PROMPT && example.hasPrompt() ? example.context() : example.messages();
    int[] starts = new int[turns.size()];
    int compared = 0;
    for (Message turn : turns) {
      frame.putString(turn.role());
      put(frame, turn.other());
      if (turn.isSystem()) {
        turn.texts().forEach(frame::putString);
      } else {
        starts[compared++] = reader.size();
        read(turn, frame);
      }
    }
    Message other = example.nonPreferred();
    if (other != null && by == NearBy.EXAMPLE) {
      read(other, frame);
    }
    boolean hasAnswer = turns.size() == example.messages().size() && example.hasPrompt();
    int answerAt = hasAnswer ? starts[compared - 1] : reader.size();
    boolean shortAnswer = hasAnswer && answerAt > 0 && reader.size() - answerAt < FEW_WORDS;
    return new ComparedText(
        by == NearBy.PROMPT ? fingerprints.prompt() : fingerprints.whole(),
        example.source(),
        example.ordinal(),
        given,
        unit,
        fingerprints.prompt(),
        label(example.className()),
        frame.getAsLong(),
        hasAnswer ? Arrays.copyOf(starts, compared) : new int[0],
        shortAnswer ? answerAt : reader.size(),
        reader.words());
  }

  /**
   * The lowest shingle of the first words of its prompt, or of its answer if there is none: two
   * examples have it in common with the probability that these are similar.
   */
  public long leastShingle(Example example) {
    reader.clear();
    for (Message turn : example.hasPrompt() ? example.context() : example.messages()) {
      if (!turn.isSystem()) {
        for (String text : turn.texts()) {
          reader.read(text, SAMPLED_WORDS);
        }
      }
    }
    return Shingles.least(reader.words(), reader.size());
  }

  /** The hash of a class, 0 for none. */
  public static long label(@Nullable String className) {
    return className == null ? 0 : Hashing.wyhashFinal4().hashCharsToLong(className) | 1;
  }

  private void read(Message turn, HashStream64 frame) {
    turn.texts().forEach(reader::read);
    if (turn.content() instanceof List<?> parts) {
      for (Object part : parts) {
        if (!(part instanceof Map<?, ?> fields && fields.get("text") instanceof String)) {
          frame.putString(JsonText.of(part));
        }
      }
    }
  }

  private static void put(HashStream64 frame, Map<String, Object> other) {
    frame.putString(other.isEmpty() ? "" : JsonText.of(other));
  }
}
