package dev.tunebeam.transforms.normalize.dialect;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.example.Task;
import dev.tunebeam.transforms.json.JsonTree;
import dev.tunebeam.transforms.normalize.template.RemovedTexts;
import dev.tunebeam.transforms.normalize.template.RowFields;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import dev.tunebeam.transforms.row.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows in the format of Stanford Alpaca: instruction and output; optionally input, which is
 * put on a line after the instruction, history with earlier questions and answers, and system.
 */
public final class AlpacaDialect implements RowDialect {

  /** The prompt of a row. */
  static final String PROMPT = "{{instruction?}}{{#input}}\n{{input}}{{/input}}";

  private static final String INSTRUCTION = "{{instruction}}{{#input}}\n{{input}}{{/input}}";

  private final PairDialect pairs;
  private final RemovedTexts removed;

  public AlpacaDialect(FieldMapping mapping, Task task, RemovedTexts removed) {
    String system = mapping.system() == null ? "{{system?}}" : mapping.system();
    this.pairs =
        new PairDialect(new FieldMapping(INSTRUCTION, "{{output}}", system, null), task, removed);
    this.removed = removed;
  }

  @Override
  public Turns read(Row row) {
    KtoLabel.check(row.fields());
    Turns pair = pairs.read(row);
    List<Message> history = history(RowFields.get(row.fields(), "history"));
    if (history.isEmpty()) {
      return pair;
    }
    List<Message> turns = new ArrayList<>(pair.messages());
    turns.addAll(turns.get(0).isSystem() ? 1 : 0, history);
    return Turns.of(turns, Map.of());
  }

  private List<Message> history(@Nullable Object value) {
    List<Message> turns = new ArrayList<>();
    Object history = value;
    if (value instanceof String text) {
      history = Whitespace.isBlank(text) ? null : parsed(text);
    }
    if (history == null) {
      return turns;
    }
    if (!(history instanceof List<?> rounds)) {
      throw bad("is not a list of questions and answers");
    }
    for (int i = 0; i < rounds.size(); i++) {
      if (!(rounds.get(i) instanceof List<?> round)
          || round.size() != 2
          || !(round.get(0) instanceof String question)
          || !(round.get(1) instanceof String answer)) {
        throw bad("holds an element %s that is not a question with its answer".formatted(i + 1));
      }
      turns.add(Message.of(Message.USER, Whitespace.strip(removed.outOf(question))));
      turns.add(Message.of(Message.ASSISTANT, Whitespace.strip(removed.outOf(answer))));
    }
    return turns;
  }

  private static @Nullable Object parsed(String text) {
    try {
      return JsonTree.parse(text);
    } catch (IllegalArgumentException e) {
      throw bad("is not a list of questions and answers");
    }
  }

  private static RejectException bad(String what) {
    return new RejectException(
        Reason.BAD_MESSAGES, "history %s: [[\"question\", \"answer\"], …]".formatted(what));
  }
}
