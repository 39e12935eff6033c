package dev.tunebeam.transforms.example;

import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Renders an example in the Alpaca format: instruction, an empty input, output; system and history
 * if present. For a preference pair, chosen and rejected instead of output. A pure function.
 */
public final class AlpacaLine {

  private AlpacaLine() {}

  /** The line's fields in order; throws {@link RejectException} for what the format cannot hold. */
  public static Map<String, Object> of(Example example) {
    if (!example.other().isEmpty()) {
      throw unfit(example.other().keySet().iterator().next());
    }
    List<String> system = new ArrayList<>();
    List<String> said = new ArrayList<>();
    for (Message turn : example.context()) {
      String text = text(turn);
      if (turn.isSystem()) {
        system.add(text);
      } else {
        boolean userIsNext = said.size() % 2 == 0;
        if (!turn.role().equals(userIsNext ? Message.USER : Message.ASSISTANT)) {
          throw unfit("a turn of the role %s where the other speaks".formatted(turn.role()));
        }
        said.add(text);
      }
    }
    if (said.size() % 2 == 0 && !said.isEmpty()) {
      throw unfit("two answers in a row");
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("instruction", said.isEmpty() ? "" : said.get(said.size() - 1));
    line.put("input", "");
    Message other = example.nonPreferred();
    line.put(other == null ? "output" : "chosen", text(example.answer()));
    if (other != null) {
      line.put("rejected", text(other));
    }
    if (!system.isEmpty()) {
      line.put("system", String.join("\n\n", system));
    }
    List<Object> history = new ArrayList<>();
    for (int i = 0; i + 2 < said.size(); i += 2) {
      history.add(List.of(said.get(i), said.get(i + 1)));
    }
    if (!history.isEmpty()) {
      line.put("history", history);
    }
    return line;
  }

  private static String text(Message turn) {
    for (Map.Entry<String, Object> key : turn.other().entrySet()) {
      if (!ShareGptLine.isPlainWeight(key)) {
        throw unfit("a message with " + key.getKey());
      }
    }
    if (turn.content() instanceof String text) {
      return text;
    }
    throw unfit("a message in parts");
  }

  private static RejectException unfit(String what) {
    return new RejectException(
        Reason.DOES_NOT_FIT_FORMAT, "Alpaca cannot hold %s; use format: chat".formatted(what));
  }
}
