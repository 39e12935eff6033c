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
 * Limits examples to a maximum number of tokens.
 *
 * <p>The prompt is truncated: the longest plain text, in characters, of a turn that is neither the
 * assistant's nor a system message. It is truncated at the last code point that fits (from the
 * left: the first), and whitespace at its ends is removed. Text without a prompt is truncated
 * itself. Separator, stop sequence and answer are kept whole.
 *
 * @param maxTokens the maximum number of tokens per example
 * @param tooLong what to do with longer ones
 */
public record LengthLimit(int maxTokens, TooLong tooLong) implements Serializable {

  /**
   * In code points, longer than most words: if nothing fits within this distance, nothing further
   * will.
   */
  private static final int LOOK_AHEAD = 32;

  /** Refuses a limit that no example meets. */
  public LengthLimit {
    if (maxTokens < 1) {
      throw new IllegalArgumentException("maxTokens must be at least 1, not " + maxTokens);
    }
  }

  /** An example within the limit, with its token count. */
  public record Counted(Example example, int tokens) {}

  /** {@link #apply(Example, ToIntFunction, Delimiters)} without delimiters. */
  Counted apply(Example example, ToIntFunction<Example> count) {
    return apply(example, count, Delimiters.NONE);
  }

  /**
   * The example, truncated if needed; throws {@link RejectException} if it is too long and may not
   * be truncated, or if nothing would remain.
   *
   * @param count counts the tokens of an example; called about 50 times for one that is truncated
   * @param delimiters of its texts: if a truncated text ends with the beginning of one, that is
   *     removed too
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
    // The maximum number of code points that fits, if token counts grow with the text.
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (count.applyAsInt(cut(example, turn, text, middle, cleaning)) <= maxTokens) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    // A whole word often has fewer tokens than its beginning, so slightly more may fit again.
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

  /** The index of the turn to truncate, or -1 for none. */
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
