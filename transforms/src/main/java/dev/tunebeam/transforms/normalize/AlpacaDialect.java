package dev.tunebeam.transforms.normalize;

import dev.tunebeam.transforms.read.Row;
import dev.tunebeam.transforms.reject.Reason;
import dev.tunebeam.transforms.reject.RejectException;
import dev.tunebeam.transforms.render.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows as Stanford Alpaca has them: instruction and output, at times input, which stands on a line
 * of its own behind the instruction, history, earlier questions and answers, and system.
 */
final class AlpacaDialect implements RowDialect {

  /** The question of a row. */
  static final String PROMPT = "{{instruction?}}{{#input}}\n{{input}}{{/input}}";

  private static final String INSTRUCTION = "{{instruction}}{{#input}}\n{{input}}{{/input}}";

  private final PairDialect pairs;
  private final RemovedTexts removed;

  AlpacaDialect(Mapping mapping, Task task, RemovedTexts removed) {
    String system = mapping.system() == null ? "{{system?}}" : mapping.system();
    this.pairs =
        new PairDialect(new Mapping(INSTRUCTION, "{{output}}", system, null), task, removed);
    this.removed = removed;
  }

  @Override
  public Turns read(Row row) {
    Judgement.check(row.fields());
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
      history = text.isBlank() ? null : parsed(text);
    }
    if (history == null) {
      return turns;
    }
    if (!(history instanceof List<?> rounds)) {
      throw bad("is no list of questions and answers");
    }
    for (int i = 0; i < rounds.size(); i++) {
      if (!(rounds.get(i) instanceof List<?> round)
          || round.size() != 2
          || !(round.get(0) instanceof String question)
          || !(round.get(1) instanceof String answer)) {
        throw bad("holds an element %s that is no question with its answer".formatted(i + 1));
      }
      turns.add(Message.of(Message.USER, removed.outOf(question).strip()));
      turns.add(Message.of(Message.ASSISTANT, removed.outOf(answer).strip()));
    }
    return turns;
  }

  private static @Nullable Object parsed(String text) {
    try {
      return JsonTree.parse(text);
    } catch (IllegalArgumentException e) {
      throw bad("is no list of questions and answers");
    }
  }

  private static RejectException bad(String what) {
    return new RejectException(
        Reason.BAD_MESSAGES, "history %s: [[\"question\", \"answer\"], …]".formatted(what));
  }
}
