package dev.tunebeam.transforms.normalize.dialect;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.normalize.template.FieldPath;
import dev.tunebeam.transforms.normalize.template.RemovedTexts;
import dev.tunebeam.transforms.normalize.template.RowFields;
import dev.tunebeam.transforms.normalize.template.RowTemplate;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import dev.tunebeam.transforms.row.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads preference pairs, two answers of which one is preferred: OpenAI's input, preferred_output
 * and non_preferred_output, or chosen and rejected. Each answer is a text, a message, or the whole
 * conversation, in which case the context is what both begin with. Otherwise the context is in the
 * row's turns or its prompt.
 */
public final class PreferenceDialect implements RowDialect {

  /** Names of the fields of both answers, pair by pair in the order in which they are tried. */
  static final List<String> CHOSEN =
      List.of(
          "chosen",
          "preferred_output",
          "chosen_response",
          "chosen_answer",
          "chosen_output",
          "chosen_completion",
          "preferred_response",
          "preferred_answer",
          "response_chosen");

  static final List<String> REJECTED =
      List.of(
          "rejected",
          "non_preferred_output",
          "rejected_response",
          "rejected_answer",
          "rejected_output",
          "rejected_completion",
          "non_preferred_response",
          "non_preferred_answer",
          "response_rejected");

  /** Names that a message lists. */
  private static final int SHOWN = 2;

  /** Names of the prompt field, in the order in which they are tried. */
  static final List<String> PROMPTS = List.of("prompt", "question", "query");

  private final boolean answersRepeatPrompt;
  private final @Nullable FieldPath chosen;
  private final @Nullable FieldPath rejected;
  private final RemovedTexts removed;
  private final boolean mapped;
  private final @Nullable RowTemplate prompt;
  private final RowTemplate instruction;
  private final @Nullable RowTemplate system;
  private final ConversationDialect conversations;

  public PreferenceDialect(Shape shape, RemovedTexts removed) {
    FieldMapping mapping = shape.mapping();
    this.answersRepeatPrompt = shape.answersRepeatPrompt();
    this.chosen = FieldPath.ofNullable("chosen", mapping.chosen());
    this.rejected = FieldPath.ofNullable("rejected", mapping.rejected());
    this.mapped = mapping.messages() != null;
    this.prompt =
        mapping.prompt() == null ? null : new RowTemplate("prompt", mapping.prompt(), removed);
    this.instruction = new RowTemplate("prompt", AlpacaDialect.PROMPT, removed);
    this.system =
        mapping.system() != null ? null : new RowTemplate("system", "{{system?}}", removed);
    this.conversations = new ConversationDialect(mapping, true, removed);
    this.removed = removed;
  }

  @Override
  public Turns read(Row row) {
    Map<String, Object> fields = row.fields();
    List<Message> better = answers(fields, chosen, CHOSEN, "chosen");
    List<Message> worse = answers(fields, rejected, REJECTED, "rejected");
    int shared = sharedPrefix(better, worse);
    if (better.size() != shared + 1 || worse.size() != shared + 1) {
      throw new RejectException(
          Reason.BAD_MESSAGES,
          "chosen and rejected differ in more than the last message; a pair is two answers to the"
              + " same turns");
    }
    List<Message> context = context(fields, better.subList(0, shared));
    Message answer = answer(better.get(shared), context, "chosen");
    Message other = answer(worse.get(shared), context, "rejected");
    List<Message> turns = new ArrayList<>(context);
    turns.add(answer);
    Object input = RowFields.get(fields, "input");
    Map<String, Object> tools = new LinkedHashMap<>(conversations.tools(fields));
    if (input instanceof Map<?, ?> map) {
      tools.putAll(conversations.tools(map));
    }
    return new Turns(turns, tools, other);
  }

  private List<Message> answers(
      Map<String, Object> fields, @Nullable FieldPath path, List<String> names, String key) {
    Object value = path == null ? null : path.get(fields);
    for (int i = 0; path == null && value == null && i < names.size(); i++) {
      value = RowFields.get(fields, names.get(i));
    }
    if (value == null) {
      throw new RejectException(
          Reason.MISSING_FIELD,
          "the row has no answer %s; name its field in map.%s"
              .formatted(
                  path == null ? String.join(" or ", names.subList(0, SHOWN)) : path.path(), key));
    }
    if (value instanceof String text) {
      List<?> turns = TurnLists.ofText(text);
      return turns == null
          ? MarkedTranscript.read(removed.outOf(text))
          : conversations.turns(turns);
    }
    if (value instanceof Map) {
      return conversations.turns(List.of(value));
    }
    if (value instanceof List<?> list) {
      return conversations.turns(list);
    }
    throw new RejectException(
        Reason.NOT_TEXT, "%s is neither a text nor a message: %s".formatted(key, value));
  }

  private static int sharedPrefix(List<Message> first, List<Message> second) {
    int most = Math.min(first.size(), second.size()) - 1;
    int shared = 0;
    while (shared < most && first.get(shared).equals(second.get(shared))) {
      shared++;
    }
    return shared;
  }

  private List<Message> context(Map<String, Object> fields, List<Message> shared) {
    List<Message> turns = new ArrayList<>(mapped || shared.isEmpty() ? before(fields) : List.of());
    if (!shared.isEmpty()) {
      Object given = RowFields.get(fields, "prompt");
      List<Message> opening =
          !turns.isEmpty() || !(given instanceof List<?> list) ? turns : conversations.turns(list);
      boolean repeated =
          opening.size() <= shared.size() && shared.subList(0, opening.size()).equals(opening);
      turns = new ArrayList<>(repeated ? List.of() : opening);
      turns.addAll(shared);
    }
    if (system != null && turns.stream().noneMatch(Message::isSystem)) {
      String scene = system.renderStripped(fields);
      if (!scene.isEmpty()) {
        turns.add(0, Message.of(Message.SYSTEM, scene));
      }
    }
    if (turns.stream().noneMatch(turn -> !turn.isSystem() && !turn.isBlank())) {
      throw new RejectException(
          Reason.BLANK_PROMPT,
          "a pair of answers needs the question that both of them answer; name it in map.prompt:"
              + " \"{{question}}\"");
    }
    return turns;
  }

  /** The context: the row's turns before the answers. */
  private List<Message> before(Map<String, Object> fields) {
    if (prompt != null) {
      return List.of(Message.of(Message.USER, prompt.renderStripped(fields)));
    }
    Object input = RowFields.get(fields, "input");
    Object turns =
        input instanceof Map<?, ?> map
            ? RowFields.get(map, "messages")
            : conversations.turns(fields);
    if (turns instanceof List<?> list) {
      return conversations.turns(list);
    }
    for (String name : PROMPTS) {
      Object value = TurnLists.unwrapped(RowFields.get(fields, name));
      if (value instanceof List<?> list) {
        return conversations.turns(list);
      }
      if (value instanceof String text) {
        return List.of(Message.of(Message.USER, Whitespace.strip(removed.outOf(text))));
      }
    }
    return List.of(Message.of(Message.USER, instruction.renderStripped(fields)));
  }

  private Message answer(Message answer, List<Message> context, String key) {
    if (!answer.isAssistant()) {
      throw new RejectException(
          Reason.BAD_MESSAGES,
          "%s ends with the role '%s'; it is what the assistant says"
              .formatted(key, answer.role()));
    }
    String question = context.get(context.size() - 1).text();
    String text = answer.text();
    return answersRepeatPrompt && answer.content() instanceof String && text.startsWith(question)
        ? answer.withText(Whitespace.strip(text.substring(question.length())))
        : answer;
  }
}
