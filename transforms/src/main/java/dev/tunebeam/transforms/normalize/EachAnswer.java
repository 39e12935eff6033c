package dev.tunebeam.transforms.normalize;

import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Splits a conversation into one example per assistant turn, with all turns before it. A turn of
 * weight 0 is not learned, and a greeting, with no other turn before it, answers nothing: both are
 * only context. Turns after the last answer are in no example. A pure function.
 */
final class EachAnswer {

  /** All examples of a conversation are held at once: this many turns take 200 MB. */
  private static final long MOST_TURNS = 50_000_000;

  private EachAnswer() {}

  /** The turns of each example; throws {@link RejectException} if there is nothing to learn. */
  static List<List<Message>> of(List<Message> turns) {
    List<List<Message>> examples = new ArrayList<>();
    long held = 0;
    // A single turn without a prompt is open-ended text, not a greeting.
    boolean asked = turns.stream().filter(turn -> !turn.isSystem()).count() == 1;
    for (int i = 0; i < turns.size(); i++) {
      Message turn = turns.get(i);
      if (!turn.isAssistant()) {
        asked |= !turn.isSystem();
      } else if (asked && !isNotLearned(turn)) {
        held += i + 1;
        if (held > MOST_TURNS) {
          throw new RejectException(
              Reason.BAD_MESSAGES,
              String.format(
                  Locale.ROOT,
                  "the conversation has %,d turns, too many to repeat them for each answer; cut it into several",
                  turns.size()));
        }
        examples.add(List.copyOf(turns.subList(0, i + 1)));
      }
    }
    if (examples.isEmpty()) {
      throw new RejectException(
          Reason.BAD_MESSAGES, "no turn of the assistant is an answer that is to be learned");
    }
    return examples;
  }

  /** Whether its weight is 0. */
  static boolean isNotLearned(Message turn) {
    Object weight = turn.other().get("weight");
    return weight != null && weight.toString().equals("0");
  }
}
