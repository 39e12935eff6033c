package dev.tunebeam.transforms.normalize;

import dev.tunebeam.transforms.reject.Reason;
import dev.tunebeam.transforms.reject.RejectException;
import java.util.ArrayList;
import java.util.List;

/** Gives an example the turns that a format can hold. Pure functions. */
final class FormatConversion {

  private FormatConversion() {}

  /**
   * At most one turn of the user and one of the assistant, nothing but text, without blanks around
   * it; what the system says goes before the question. Throws {@link RejectException} for what is
   * more than one question and one answer.
   */
  static Example asPair(Example example) {
    if (!example.other().isEmpty()) {
      throw noPair(example.other().keySet().iterator().next());
    }
    String system = "";
    String question = "";
    for (Message turn : example.messages()) {
      if (!turn.other().isEmpty()) {
        throw noPair("a message with " + turn.other().keySet().iterator().next());
      }
      if (!(turn.content() instanceof String)) {
        throw noPair("a message in parts");
      }
    }
    for (Message turn : example.context()) {
      switch (turn.role()) {
        case Message.SYSTEM, Message.DEVELOPER -> system = join(system, turn.text().strip());
        case Message.USER -> {
          if (!question.isEmpty()) {
            throw noPair("several questions");
          }
          question = turn.text().strip();
        }
        case Message.ASSISTANT -> throw noPair("several answers");
        default -> throw noPair("a message of the role " + turn.role());
      }
    }
    String prompt = join(system, question);
    List<Message> turns = new ArrayList<>(2);
    if (!prompt.isEmpty()) {
      turns.add(Message.of(Message.USER, prompt));
    }
    turns.add(Message.of(Message.ASSISTANT, example.answer().text().strip()));
    return example.withMessages(turns, example.cleaned(), example.truncated());
  }

  /** At least one turn that is not the system's before the answer. */
  static Example asChat(Example example) {
    if (example.context().stream().anyMatch(turn -> !turn.isSystem())) {
      return example;
    }
    // Open-ended text: the API wants a turn of the user, and the guides leave it empty.
    List<Message> turns = new ArrayList<>(example.context());
    turns.add(Message.of(Message.USER, ""));
    turns.add(example.answer());
    return example.withMessages(turns, example.cleaned(), example.truncated());
  }

  private static String join(String first, String second) {
    return first.isEmpty() ? second : second.isEmpty() ? first : first + "\n\n" + second;
  }

  private static RejectException noPair(String what) {
    return new RejectException(
        Reason.DOES_NOT_FIT_FORMAT,
        "prompt and completion cannot hold %s; use format: chat".formatted(what));
  }
}
