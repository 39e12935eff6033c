package dev.tunebeam.transforms.count;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.delimit.Delimiters;
import dev.tunebeam.transforms.delimit.Delimiters.Cleaned;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * Keeps examples within a number of tokens.
 *
 * <p>Cut is the prompt: the longest plain text of a turn that is neither the assistant's nor a
 * system message, by characters; at the last code point that fits (or the first, at the left end),
 * without the blanks that are then at its ends. Text without a prompt is cut itself. All else stays
 * whole: separator, stop sequence, answer.
 *
 * @param maxTokens the most that an example may have
 * @param tooLong what to do with one that has more
 */
public record LengthLimit(int maxTokens, TooLong tooLong) implements Serializable {

  /** Longer than most words: what does not fit within so many code points will not. */
  private static final int LOOK_AHEAD = 32;

  /** Refuses a limit that nothing meets. */
  public LengthLimit {
    if (maxTokens < 1) {
      throw new IllegalArgumentException("maxTokens must be at least 1, not " + maxTokens);
    }
  }

  /** An example within the limit and its tokens. */
  public record Counted(Example example, int tokens) {}

  /** {@link #apply(Example, ToIntFunction, Delimiters)} with nothing around the texts. */
  Counted apply(Example example, ToIntFunction<Example> count) {
    return apply(example, count, Delimiters.NONE);
  }

  /**
   * The example as it is or cut; throws {@link RejectException} where it is too long and may not be
   * cut, or where cutting leaves nothing.
   *
   * @param count the tokens of an example; called about 50 times for one that is cut
   * @param delimiters what is put around its texts: a cut may end in the beginning of one, which is
   *     then cut off too
   */
  public Counted apply(Example example, ToIntFunction<Example> count, Delimiters delimiters) {
    int tokens = count.applyAsInt(example);
    if (tokens <= maxTokens) {
      return new Counted(example, tokens);
    }
    if (tooLong == TooLong.REJECT) {
      throw tooLong(tokens, "cut the text or set tooLong: truncate-right");
    }
    int turn = turnToCut(example);
    if (turn < 0) {
      throw tooLong(tokens, "its prompt has no plain text to cut");
    }
    String text = example.messages().get(turn).text();
    Delimiters cleaning = delimiters.cleaning();
    int low = 0;
    int high = text.codePointCount(0, text.length());
    // Most code points that fit, as far as token counts grow with the text.
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (count.applyAsInt(cut(example, turn, text, middle, cleaning)) <= maxTokens) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    // A whole word is often fewer tokens than its beginning, so a little more may fit again.
    int most = text.codePointCount(0, text.length());
    for (int more = low + 1; more <= Math.min(most, low + LOOK_AHEAD); more++) {
      if (count.applyAsInt(cut(example, turn, text, more, cleaning)) <= maxTokens) {
        low = more;
      }
    }
    Example cut = cut(example, turn, text, low, cleaning);
    if (cut.messages().get(turn).text().isEmpty()) {
      throw tooLong(tokens, "what must stay whole leaves no room for the prompt");
    }
    return new Counted(cut, count.applyAsInt(cut));
  }

  private RejectException tooLong(int tokens, String sentence) {
    return new RejectException(
        Reason.TOO_LONG,
        String.format(
            Locale.ROOT, "%,d tokens, the limit is %,d; %s", tokens, maxTokens, sentence));
  }

  private Example cut(
      Example example, int turn, String text, int codePoints, Delimiters delimiters) {
    int length = text.codePointCount(0, text.length());
    String kept =
        tooLong == TooLong.TRUNCATE_LEFT
            ? text.substring(text.offsetByCodePoints(0, length - codePoints))
            : text.substring(0, text.offsetByCodePoints(0, codePoints));
    Message whole = example.messages().get(turn);
    Cleaned cleaned =
        whole.isAssistant()
            ? delimiters.cleanCompletion(Whitespace.strip(kept))
            : delimiters.cleanPrompt(Whitespace.strip(kept));
    List<Message> turns = new ArrayList<>(example.messages());
    turns.set(turn, whole.withText(cleaned.text()));
    return example.withMessages(turns, example.cleaned(), true);
  }

  /** The turn that is cut, or -1 for none. */
  private static int turnToCut(Example example) {
    if (!example.hasPrompt()) {
      return example.answer().content() instanceof String ? example.messages().size() - 1 : -1;
    }
    int longest = -1;
    int most = 0;
    for (int i = 0; i < example.messages().size() - 1; i++) {
      Message turn = example.messages().get(i);
      if (!turn.isAssistant()
          && !turn.isSystem()
          && turn.content() instanceof String text
          && text.length() > most) {
        most = text.length();
        longest = i;
      }
    }
    return longest;
  }
}
