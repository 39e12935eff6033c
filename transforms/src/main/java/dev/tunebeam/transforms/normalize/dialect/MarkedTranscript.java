package dev.tunebeam.transforms.normalize.dialect;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.example.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses a conversation in one text, whose turns begin with {@code Human:} and {@code Assistant:}
 * after an empty line, as in Anthropic's preference data. A pure function.
 */
final class MarkedTranscript {

  private static final Pattern MARK = Pattern.compile("\n\n(Human|Assistant):");
  private static final String BEGINNING = "\n\nHuman:";

  private MarkedTranscript() {}

  /** The turns of a text that begins with such a marker; any other text is a single answer. */
  static List<Message> read(String text) {
    if (!text.startsWith(BEGINNING)) {
      return List.of(Message.of(Message.ASSISTANT, Whitespace.strip(text)));
    }
    List<Message> turns = new ArrayList<>();
    Matcher mark = MARK.matcher(text);
    String role = "";
    int from = 0;
    while (mark.find()) {
      if (!role.isEmpty()) {
        turns.add(Message.of(role, Whitespace.strip(text.substring(from, mark.start()))));
      }
      role = mark.group(1).equals("Human") ? Message.USER : Message.ASSISTANT;
      from = mark.end();
    }
    turns.add(Message.of(role, Whitespace.strip(text.substring(from))));
    return turns;
  }
}
