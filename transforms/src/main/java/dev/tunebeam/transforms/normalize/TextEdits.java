package dev.tunebeam.transforms.normalize;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * Edits of prompts and completions: prefixes and suffixes to remove, and lower case. In a
 * conversation every user message is a prompt, every assistant message a completion. A pure
 * function, independent of the locale.
 *
 * @param prompt prefix and suffix of prompts
 * @param completion prefix and suffix of completions
 * @param lowerCase texts to convert to lower case, after prefixes and suffixes are removed
 */
public record TextEdits(Ends prompt, Ends completion, LowerCase lowerCase) implements Serializable {

  /** No edits. */
  public static final TextEdits NONE = new TextEdits(Ends.NONE, Ends.NONE, LowerCase.NONE);

  /**
   * A prefix and a suffix to remove, with the whitespace that is then at the ends; other texts are
   * unchanged.
   *
   * @param prefix the prefix, empty for none
   * @param suffix the suffix, empty for none
   */
  public record Ends(String prefix, String suffix) implements Serializable {

    /** Nothing is removed. */
    public static final Ends NONE = new Ends("", "");

    /** The text without prefix and suffix. */
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
   * @throws RejectException if a text becomes empty
   */
  List<Message> of(List<Message> turns) {
    return equals(NONE) ? turns : turns.stream().map(this::of).toList();
  }

  /**
   * The turn with its text edited.
   *
   * @throws RejectException if it becomes empty
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
