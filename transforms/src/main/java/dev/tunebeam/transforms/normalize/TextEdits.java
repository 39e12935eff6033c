package dev.tunebeam.transforms.normalize;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * What is taken off the ends of prompts and completions, and which of them are put into lower case.
 * In a conversation a prompt is each message of the user, a completion each of the assistant. A
 * pure function, the same whatever the language of the machine.
 *
 * @param prompt the ends of prompts
 * @param completion the ends of completions
 * @param lowerCase which of them lose their capitals, after the ends are off
 */
public record TextEdits(Ends prompt, Ends completion, LowerCase lowerCase) implements Serializable {

  /** Texts stay as they are. */
  public static final TextEdits NONE = new TextEdits(Ends.NONE, Ends.NONE, LowerCase.NONE);

  /**
   * What is taken off, with the blanks that it leaves; a text without it stays as it is.
   *
   * @param prefix a beginning, empty for none
   * @param suffix an end, empty for none
   */
  public record Ends(String prefix, String suffix) implements Serializable {

    /** Nothing is taken off. */
    public static final Ends NONE = new Ends("", "");

    /** The text without them. */
    String off(String text) {
      String rest = text;
      if (!prefix.isEmpty() && rest.startsWith(prefix)) {
        rest = Whitespace.stripLeading(rest.substring(prefix.length()));
      }
      if (!suffix.isEmpty() && rest.endsWith(suffix)) {
        rest = Whitespace.stripTrailing(rest.substring(0, rest.length() - suffix.length()));
      }
      return rest;
    }
  }

  /**
   * The turns with their texts edited.
   *
   * @throws RejectException if nothing is left of a text
   */
  List<Message> of(List<Message> turns) {
    return equals(NONE) ? turns : turns.stream().map(this::of).toList();
  }

  /**
   * One turn with its text edited.
   *
   * @throws RejectException if nothing is left of it
   */
  Message of(Message turn) {
    return switch (turn.role()) {
      case Message.USER ->
          turn.mapTexts(
              text -> edited(text, prompt, lowerCase.ofPrompts(), "prompt", Reason.BLANK_PROMPT));
      case Message.ASSISTANT ->
          turn.mapTexts(
              text ->
                  edited(
                      text,
                      completion,
                      lowerCase.ofCompletions(),
                      "completion",
                      Reason.BLANK_COMPLETION));
      default -> turn;
    };
  }

  private static String edited(
      String text, Ends ends, boolean lowerCase, String what, Reason ifBlank) {
    String rest = ends.off(text);
    if (Whitespace.isBlank(rest) && !Whitespace.isBlank(text)) {
      throw new RejectException(
          ifBlank,
          "nothing is left of the %s without the ends that the recipe cuts; see the key cut"
              .formatted(what));
    }
    return lowerCase ? rest.toLowerCase(Locale.ROOT) : rest;
  }
}
