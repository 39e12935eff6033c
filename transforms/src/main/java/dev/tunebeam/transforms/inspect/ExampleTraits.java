package dev.tunebeam.transforms.inspect;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.transforms.example.Example;
import dev.tunebeam.transforms.example.Message;
import java.util.List;

/** Computes the {@link Trait}s of an example. Pure functions. */
final class ExampleTraits {

  /** Upper case is judged by this many characters of a text. */
  private static final int CASE_CHARS = 2_000;

  /** Fewer letters may be an abbreviation. */
  private static final int FEWEST_LETTERS = 8;

  private ExampleTraits() {}

  /** The bits of all traits of an example that would be written in this format. */
  static long of(Example example, Format format) {
    long bits = 0;
    bits |= bit(Trait.PREFERENCE, example.nonPreferred() != null);
    bits |= bit(Trait.NO_PROMPT, !example.hasPrompt());
    long answers = example.messages().stream().filter(Message::isAssistant).count();
    bits |= bit(Trait.SEVERAL_ANSWERS, answers > 1);
    bits |= bit(Trait.TOOLS, hasTools(example));
    bits |= bit(Trait.SYSTEM, example.messages().stream().anyMatch(Message::isSystem));
    if (format == Format.CHAT || format == Format.SHAREGPT) {
      bits |= bit(Trait.NO_USER, example.messages().stream().noneMatch(ExampleTraits::asks));
      bits |= TurnOrder.of(example.messages());
    }
    bits |= bit(Trait.UPPER_CASE_PROMPT, isUpperCase(prompt(example)));
    bits |= bit(Trait.UPPER_CASE_ANSWER, isUpperCase(example.answer().text()));
    return bits | SecretTraits.of(example);
  }

  private static long bit(Trait trait, boolean has) {
    return has ? trait.bit() : 0;
  }

  /** The prompt: the last user turn; empty for none. */
  static String prompt(Example example) {
    List<Message> context = example.context();
    for (int i = context.size() - 1; i >= 0; i--) {
      if (isUser(context.get(i))) {
        return context.get(i).text();
      }
    }
    return "";
  }

  private static boolean isUser(Message turn) {
    return turn.role().equals(Message.USER);
  }

  /** Ignores empty user turns, which chat lines get if there is no prompt. */
  private static boolean asks(Message turn) {
    return isUser(turn) && !turn.isBlank();
  }

  private static boolean hasTools(Example example) {
    return example.other().containsKey("tools")
        || example.other().containsKey("functions")
        || example.messages().stream()
            .anyMatch(
                turn ->
                    turn.other().containsKey("tool_calls")
                        || turn.other().containsKey("function_call"));
  }

  /** Whether most letters are upper case; those of scripts without case are not. */
  static boolean isUpperCase(String text) {
    int upper = 0;
    int others = 0;
    int end = Math.min(CASE_CHARS, text.length());
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c >= 'a' && c <= 'z') { // most of them
        others++;
      } else if (Character.isUpperCase(c)) {
        upper++;
      } else if (Character.isLetter(c)) {
        others++;
      }
    }
    return upper >= FEWEST_LETTERS && upper > others;
  }
}
