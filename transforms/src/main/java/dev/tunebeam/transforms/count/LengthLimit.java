package dev.tunebeam.transforms.count;

import dev.tunebeam.transforms.normalize.Example;
import dev.tunebeam.transforms.normalize.Message;
import dev.tunebeam.transforms.reject.Reason;
import dev.tunebeam.transforms.reject.RejectException;
import dev.tunebeam.transforms.tokens.TooLong;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Keeps examples within a number of tokens.
 *
 * <p>Cut is the prompt: the longest turn that is neither the assistant's nor a system message, by
 * characters. Text without a prompt is cut itself. Separator, stop sequence and answer stay whole.
 *
 * @param maxTokens the most that an example may have
 * @param tooLong what to do with one that has more
 */
public record LengthLimit(int maxTokens, TooLong tooLong) implements Serializable {

  /** Refuses a limit that nothing meets. */
  public LengthLimit {
    if (maxTokens < 1) {
      throw new IllegalArgumentException("maxTokens must be at least 1, not " + maxTokens);
    }
  }

  /** An example within the limit and its tokens. */
  public record Counted(Example example, int tokens) {}

  /**
   * The example as it is or cut; throws {@link RejectException} where it is too long and may not be
   * cut, or where cutting leaves nothing.
   *
   * @param count the tokens of an example; called about 20 times for one that is cut
   */
  public Counted apply(Example example, ToIntFunction<Example> count) {
    int tokens = count.applyAsInt(example);
    if (tokens <= maxTokens) {
      return new Counted(example, tokens);
    }
    if (tooLong == TooLong.REJECT) {
      throw new RejectException(
          Reason.TOO_LONG,
          "%,d tokens, the limit is %,d; cut the text or set tooLong: truncate-right"
              .formatted(tokens, maxTokens));
    }
    int turn = longestTurn(example);
    String text = example.messages().get(turn).text();
    int low = 0;
    int high = text.codePointCount(0, text.length());
    // Most code points that fit. Token counts grow with the text but for a token here or there, so
    // the search may end a token below the limit, never above.
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (count.applyAsInt(cut(example, turn, text, middle)) <= maxTokens) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    Example cut = cut(example, turn, text, low);
    if (cut.messages().get(turn).text().isEmpty()) {
      throw new RejectException(
          Reason.TOO_LONG,
          "%,d tokens, and more than %,d are left without the prompt; nothing to cut"
              .formatted(tokens, maxTokens));
    }
    return new Counted(cut, count.applyAsInt(cut));
  }

  private Example cut(Example example, int turn, String text, int codePoints) {
    int length = text.codePointCount(0, text.length());
    String kept =
        tooLong == TooLong.TRUNCATE_LEFT
            ? text.substring(text.offsetByCodePoints(0, length - codePoints))
            : text.substring(0, text.offsetByCodePoints(0, codePoints));
    List<Message> turns = new ArrayList<>(example.messages());
    turns.set(turn, turns.get(turn).withText(kept.strip()));
    return example.withMessages(turns, example.cleaned(), true);
  }

  private static int longestTurn(Example example) {
    int longest = example.messages().size() - 1;
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
