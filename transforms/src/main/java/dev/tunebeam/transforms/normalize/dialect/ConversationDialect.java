package dev.tunebeam.transforms.normalize.dialect;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.json.JsonTree;
import dev.tunebeam.transforms.normalize.template.FieldPath;
import dev.tunebeam.transforms.normalize.template.RemovedTexts;
import dev.tunebeam.transforms.normalize.template.RowFields;
import dev.tunebeam.transforms.row.Reason;
import dev.tunebeam.transforms.row.RejectException;
import dev.tunebeam.transforms.row.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads conversations: in ShareGPT format, whose turns are translated, or in OpenAI's, which are
 * kept. Both may have tools, as a list or as its JSON string, and a field system, used if the turns
 * have no system message.
 */
public final class ConversationDialect implements RowDialect {

  /** Names of the field with the turns. */
  static final List<String> TURNS = List.of("conversations", "conversation", "messages");

  /** Names of fields that contain turns only if their elements are valid turns. */
  static final List<String> OTHER_TURNS = List.of("turns", "dialog", "dialogue", "chat", "items");

  private final boolean translate;
  private final boolean systemIsMapped;
  private final @Nullable FieldPath messages;
  private final @Nullable FieldPath tools;
  private final TurnTranslation translation;
  private final UnknownKeys unknownKeys;
  private final RemovedTexts removed;

  /**
   * Creates the dialect.
   *
   * @param translate whether the turns are in ShareGPT format
   * @throws IllegalArgumentException if a mapping of fields or roles is invalid
   */
  public ConversationDialect(FieldMapping mapping, boolean translate, RemovedTexts removed) {
    this.systemIsMapped = mapping.system() != null;
    this.messages = FieldPath.ofNullable("messages", mapping.messages());
    this.tools = FieldPath.ofNullable("tools", mapping.tools());
    this.translation = new TurnTranslation(mapping.roles());
    this.translate = translate || !mapping.roles().isEmpty();
    this.unknownKeys = mapping.unknownKeys();
    this.removed = removed;
  }

  @Override
  public Turns read(Row row) {
    Map<String, Object> fields = row.fields();
    KtoLabel.check(fields);
    Object turns = turns(fields);
    if (!(turns instanceof List<?> list)) {
      String name = messages != null ? messages.path() : translate ? TURNS.get(0) : "messages";
      if (turns == null && !RowFields.has(fields, name)) {
        throw new RejectException(
            Reason.MISSING_FIELD,
            "the row has no %s; name the field with the turns in map.messages, or set another"
                    .formatted(name)
                + " dialect");
      }
      throw new RejectException(
          Reason.BAD_MESSAGES, "%s is not a list of objects with role and content".formatted(name));
    }
    List<Message> read = turns(list);
    if (!systemIsMapped && read.stream().noneMatch(Message::isSystem)) {
      read = withSystem(fields, read);
    }
    return Turns.of(read, tools(fields));
  }

  /** Whether the recipe sets the field with the turns. */
  public boolean isMapped() {
    return messages != null;
  }

  /** The value of the field with the turns, null for none. */
  public @Nullable Object turns(Map<String, Object> fields) {
    if (messages != null) {
      return TurnLists.unwrapped(messages.get(fields));
    }
    for (String name : translate ? TURNS : List.of("messages")) {
      Object value = TurnLists.unwrapped(RowFields.get(fields, name));
      if (value != null) {
        return value;
      }
    }
    for (String name : translate ? OTHER_TURNS : List.<String>of()) {
      if (RowFields.get(fields, name) instanceof List<?> list && TurnLists.areTurns(list)) {
        return list;
      }
    }
    return TurnLists.ofPromptAndCompletion(fields);
  }

  /** Reads turns, whoever speaks last. */
  public List<Message> turns(List<?> turns) {
    List<Message> read =
        Conversation.readOpen(translate ? translation.translate(turns) : turns, unknownKeys);
    return removed.texts().isEmpty()
        ? read
        : read.stream().map(turn -> turn.mapTexts(removed::outOf)).toList();
  }

  private List<Message> withSystem(Map<String, Object> fields, List<Message> turns) {
    String text = SystemField.textOf(fields);
    if (text.isEmpty()) {
      return turns;
    }
    List<Message> opened = new ArrayList<>(turns.size() + 1);
    opened.add(Message.of(Message.SYSTEM, removed.outOf(text)));
    opened.addAll(turns);
    return opened;
  }

  /** The fields of the whole conversation. */
  Map<String, Object> tools(Map<?, ?> fields) {
    Map<String, Object> given = new LinkedHashMap<>();
    for (String key : List.of("tools", "functions", "parallel_tool_calls")) {
      Object value = RowFields.get(fields, key);
      if (value != null) {
        given.put(key, value);
      }
    }
    Object mapped = tools == null ? null : RowFields.value(fields, tools.path());
    if (mapped != null) {
      given.put("tools", mapped);
    }
    if (translate || mapped != null || given.get("tools") instanceof String) {
      Object definitions = definitions(given.get("tools"));
      given.remove("tools");
      if (definitions != null) {
        given.put("tools", definitions);
      }
    }
    return Tools.read(given);
  }

  /** Tool definitions of ShareGPT rows: a JSON string, functions without a type. */
  private static @Nullable Object definitions(@Nullable Object value) {
    Object parsed = value;
    if (value instanceof String text) {
      try {
        parsed = Whitespace.isBlank(text) ? List.of() : JsonTree.parse(text);
      } catch (IllegalArgumentException e) {
        throw new RejectException(Reason.BAD_MESSAGES, "tools is a text, but no JSON list");
      }
    }
    if (!(parsed instanceof List<?> list)) {
      return parsed;
    }
    List<Object> tools = new ArrayList<>(list.size());
    for (Object definition : list) {
      if (definition instanceof Map<?, ?> map && !(map.get("function") instanceof Map)) {
        Map<String, Object> tool = new LinkedHashMap<>();
        tool.put("type", "function");
        tool.put("function", definition);
        tools.add(tool);
      } else if (definition != null) {
        tools.add(definition);
      }
    }
    return tools.isEmpty() ? null : tools;
  }
}
