package dev.tunebeam.transforms.normalize;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.example.AlpacaLine;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.example.ShareGptLine;
import dev.tunebeam.transforms.json.JsonNumber;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Converts the turns of an example to an output format; throws {@link RejectException} if the
 * format cannot hold the example. Pure functions.
 */
final class FormatConversion {

  private static final JsonNumber NOT_LEARNED = new JsonNumber("0");

  private FormatConversion() {}

  /** The example converted to a format. */
  static Example fit(Example example, Format format, Examples examples) {
    return switch (format) {
      case COMPLETION -> {
        oneAnswer(example, "prompt and completion");
        yield examples == Examples.EACH_ANSWER ? asTranscript(example) : asPair(example);
      }
      case CHAT -> {
        oneAnswer(example, "messages");
        Example chat = asChat(withSystemRoles(example));
        yield examples == Examples.EACH_ANSWER ? withOneLearned(chat) : chat;
      }
      case PREFERENCE -> {
        if (example.nonPreferred() == null) {
          throw unfit("a preference line is two answers, and this row has one; use format: chat");
        }
        yield withSystemRoles(example);
      }
      case ALPACA -> {
        AlpacaLine.of(example);
        yield example;
      }
      case SHAREGPT -> {
        ShareGptLine.of(example);
        yield example;
      }
    };
  }

  private static void oneAnswer(Example example, String what) {
    if (example.nonPreferred() != null) {
      throw unfit(what + " cannot hold two answers; use format: preference");
    }
  }

  /**
   * At most one user turn and one assistant turn, text only, without leading and trailing
   * whitespace; the system message is put before the prompt.
   */
  private static Example asPair(Example example) {
    checkText(example);
    String system = "";
    String question = "";
    for (Message turn : example.context()) {
      switch (turn.role()) {
        case Message.SYSTEM, Message.DEVELOPER ->
            system = join(system, Whitespace.strip(turn.text()));
        case Message.USER -> {
          if (!question.isEmpty()) {
            throw noPair("several questions");
          }
          question = Whitespace.strip(turn.text());
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
    turns.add(Message.of(Message.ASSISTANT, Whitespace.strip(example.answer().text())));
    return example.withMessages(turns, example.cleaned(), example.truncated());
  }

  /**
   * Text-only turns, without leading and trailing whitespace; the line renders one below the other.
   */
  private static Example asTranscript(Example example) {
    checkText(example);
    List<Message> turns = new ArrayList<>();
    for (Message turn : example.messages()) {
      if (!turn.isSystem() && !turn.isAssistant() && !turn.role().equals(Message.USER)) {
        throw noPair("a message of the role " + turn.role());
      }
      turns.add(Message.of(turn.role(), Whitespace.strip(turn.text())));
    }
    return example.withMessages(turns, example.cleaned(), example.truncated());
  }

  private static void checkText(Example example) {
    if (!example.other().isEmpty()) {
      throw noPair(example.other().keySet().iterator().next());
    }
    if (EachAnswer.isNotLearned(example.answer())) {
      throw noPair("an answer of weight 0");
    }
    for (Message turn : example.messages()) {
      for (String key : turn.other().keySet()) {
        if (!key.equals("weight") || !turn.isAssistant()) {
          throw noPair("a message with " + key);
        }
      }
      if (!(turn.content() instanceof String)) {
        throw noPair("a message in parts");
      }
    }
  }

  /** At least one turn other than system messages before the answer. */
  private static Example asChat(Example example) {
    if (example.context().stream().anyMatch(turn -> !turn.isSystem())) {
      return example;
    }
    // Open-ended text: the API requires a user turn, and the guides leave it empty.
    List<Message> turns = new ArrayList<>(example.context());
    turns.add(Message.of(Message.USER, ""));
    turns.add(example.answer());
    return example.withMessages(turns, example.cleaned(), example.truncated());
  }

  /** Training lines have no role developer; it becomes system. */
  private static Example withSystemRoles(Example example) {
    if (example.messages().stream().noneMatch(turn -> turn.role().equals(Message.DEVELOPER))) {
      return example;
    }
    List<Message> turns =
        example.messages().stream()
            .map(
                turn ->
                    turn.role().equals(Message.DEVELOPER)
                        ? new Message(Message.SYSTEM, turn.content(), turn.other())
                        : turn)
            .toList();
    return example.withMessages(turns, example.cleaned(), example.truncated());
  }

  /** Earlier answers are learned in examples of their own. */
  private static Example withOneLearned(Example example) {
    List<Message> turns = new ArrayList<>(example.messages());
    for (int i = 0; i < turns.size() - 1; i++) {
      Message turn = turns.get(i);
      if (turn.isAssistant()) {
        Map<String, Object> other = new LinkedHashMap<>(turn.other());
        other.put("weight", NOT_LEARNED);
        turns.set(i, new Message(turn.role(), turn.content(), other));
      }
    }
    return example.withMessages(turns, example.cleaned(), example.truncated());
  }

  private static String join(String first, String second) {
    return first.isEmpty() ? second : second.isEmpty() ? first : first + "\n\n" + second;
  }

  private static RejectException noPair(String what) {
    return unfit("prompt and completion cannot hold %s; use format: chat".formatted(what));
  }

  private static RejectException unfit(String message) {
    return new RejectException(Reason.DOES_NOT_FIT_FORMAT, message);
  }
}
