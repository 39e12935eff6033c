package dev.tunebeam.transforms.inspect;

import dev.tunebeam.transforms.example.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks the order of the turns of a conversation: who speaks after whom, and which tool calls have
 * results. A call in the last turn needs no result: it is what the model learns. For one
 * conversation.
 */
final class TurnOrder {

  private final List<String> open = new ArrayList<>();
  private String speaker = "";
  private long bits;

  private TurnOrder() {}

  /** The bits of the traits that apply. */
  static long of(List<Message> turns) {
    TurnOrder order = new TurnOrder();
    turns.forEach(order::next);
    return order.bits;
  }

  private void next(Message turn) {
    switch (turn.role()) {
      case "tool", "function" -> answer(turn);
      default -> {
        if (!open.isEmpty()) {
          bits |= Trait.CALL_WITHOUT_ANSWER.bit();
          open.clear();
        }
        speak(turn);
      }
    }
  }

  private void speak(Message turn) {
    String role = turn.isSystem() ? Message.SYSTEM : turn.role();
    boolean follows =
        switch (role) {
          case Message.SYSTEM -> speaker.isEmpty() || speaker.equals(Message.SYSTEM);
          case Message.USER -> !speaker.equals(Message.USER);
          // After a tool result the assistant continues.
          default -> speaker.equals(Message.USER) || speaker.equals("tool");
        };
    if (!follows) {
      bits |= Trait.TURNS_OUT_OF_ORDER.bit();
    }
    speaker = role;
    if (turn.other().get("tool_calls") instanceof List<?> calls) {
      for (Object call : calls) {
        open.add(call instanceof Map<?, ?> map ? String.valueOf(map.get("id")) : "");
      }
    } else if (turn.other().get("function_call") instanceof Map<?, ?> call) {
      open.add("function " + call.get("name"));
    }
  }

  private void answer(Message turn) {
    String id =
        turn.role().equals("tool")
            ? String.valueOf(turn.other().get("tool_call_id"))
            : "function " + turn.other().get("name");
    if (!open.remove(id)) {
      bits |= Trait.ANSWER_WITHOUT_CALL.bit();
    }
    speaker = "tool";
  }
}
