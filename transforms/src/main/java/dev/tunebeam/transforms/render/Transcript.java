package dev.tunebeam.transforms.render;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.example.Message;
import java.io.Serializable;
import java.util.List;

/**
 * Renders a conversation as the text of a prompt: the system message, an empty line, and each turn
 * on lines of its own after the speaker's name, {@code Customer: Where is it?}.
 *
 * @param user the user's name
 * @param assistant the assistant's name
 */
public record Transcript(String user, String assistant) implements Serializable {

  public static final Transcript DEFAULT = new Transcript("User", "Assistant");

  /**
   * Parses the names in a recipe: {@code user=Customer}, {@code assistant=Agent}.
   *
   * @throws IllegalArgumentException if one of them is invalid
   */
  public static Transcript named(List<String> speakers) {
    String user = DEFAULT.user();
    String assistant = DEFAULT.assistant();
    for (String speaker : speakers) {
      String[] parts = speaker.split("=", 2);
      if (parts.length == 2 && Whitespace.strip(parts[0]).equals(Message.USER)) {
        user = Whitespace.strip(parts[1]);
      } else if (parts.length == 2 && Whitespace.strip(parts[0]).equals(Message.ASSISTANT)) {
        assistant = Whitespace.strip(parts[1]);
      } else {
        throw new IllegalArgumentException(
            "speakers holds \"%s\"; write user=NAME or assistant=NAME".formatted(speaker));
      }
    }
    return new Transcript(user, assistant);
  }

  /** The text of the turns before an answer; empty if there are none. */
  String of(List<Message> context) {
    StringBuilder text = new StringBuilder();
    boolean afterSystem = false;
    for (Message turn : context) {
      if (turn.content() instanceof String said && said.isEmpty()) {
        continue;
      }
      if (!text.isEmpty()) {
        text.append(turn.isSystem() || afterSystem ? "\n\n" : "\n");
      }
      afterSystem = turn.isSystem();
      if (!afterSystem) {
        text.append(turn.isAssistant() ? assistant : user).append(": ");
      }
      text.append(turn.text());
    }
    return text.toString();
  }
}
