package dev.tunebeam.transforms.normalize.dialect;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.normalize.template.FieldPath;
import dev.tunebeam.transforms.normalize.template.RowFields;
import dev.tunebeam.transforms.row.Row;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Infers the dialect of a file from its first rows: that of most of them. A pure function of the
 * rows and the recipe.
 */
public final class ShapeDetector {

  private final Dialect asked;
  private final FieldMapping mapping;
  private final @Nullable FieldPath messages;

  /**
   * Creates a detector for a recipe.
   *
   * @param asked the recipe's dialect, {@link Dialect#AUTO} to infer it
   * @throws IllegalArgumentException if the mapping contains an invalid field name
   */
  public ShapeDetector(Dialect asked, FieldMapping mapping) {
    this.asked = asked;
    this.mapping = mapping;
    this.messages = FieldPath.ofNullable("messages", mapping.messages());
  }

  /** The shape of a file with these first rows, which may be empty. */
  public DetectedShape detect(List<Row> rows) {
    if (asked != Dialect.AUTO) {
      return ofDialect(asked, rows, "");
    }
    if (mapping.chosen() != null || mapping.rejected() != null) {
      return ofDialect(Dialect.PREFERENCE, rows, "");
    }
    if (mapping.hasTemplates()) {
      return ofDialect(Dialect.PROMPT_COMPLETION, rows, "");
    }
    Map<Dialect, Integer> votes = new EnumMap<>(Dialect.class);
    Map<Dialect, String> reasons = new EnumMap<>(Dialect.class);
    for (Row row : rows) {
      Guess guess = guess(row.fields());
      votes.merge(guess.dialect(), 1, Integer::sum);
      reasons.putIfAbsent(guess.dialect(), guess.because());
    }
    Dialect most = Dialect.PROMPT_COMPLETION;
    for (Map.Entry<Dialect, Integer> vote : votes.entrySet()) {
      if (vote.getValue() > votes.getOrDefault(most, 0)) {
        most = vote.getKey();
      }
    }
    return ofDialect(most, rows, reasons.getOrDefault(most, ""));
  }

  private record Guess(Dialect dialect, String because) {}

  private Guess guess(Map<String, Object> fields) {
    if (RowFields.get(fields, "input") instanceof Map
        && RowFields.has(fields, "preferred_output")
        && RowFields.has(fields, "non_preferred_output")) {
      return new Guess(
          Dialect.PREFERENCE, "the rows have input, preferred_output and non_preferred_output");
    }
    for (int i = 0; i < PreferenceDialect.CHOSEN.size(); i++) {
      String chosen = PreferenceDialect.CHOSEN.get(i);
      String rejected = PreferenceDialect.REJECTED.get(i);
      if (isAnswer(RowFields.get(fields, chosen)) && isAnswer(RowFields.get(fields, rejected))) {
        return new Guess(Dialect.PREFERENCE, "the rows have %s and %s".formatted(chosen, rejected));
      }
    }
    Guess conversation = conversation(fields);
    if (conversation != null) {
      return conversation;
    }
    if (RowFields.has(fields, "messages") && RowFields.get(fields, "messages") instanceof List) {
      return new Guess(Dialect.CHAT, "the rows have messages");
    }
    if (RowFields.has(fields, "instruction")
        && RowFields.has(fields, "output")
        && Stream.of("input", "history", "system").anyMatch(name -> RowFields.has(fields, name))) {
      String input = RowFields.has(fields, "input") ? "instruction, input" : "instruction";
      return new Guess(Dialect.ALPACA, "the rows have %s and output".formatted(input));
    }
    Guess other = otherTurns(fields);
    return other == null ? new Guess(Dialect.PROMPT_COMPLETION, "") : other;
  }

  private @Nullable Guess conversation(Map<String, Object> fields) {
    for (String name : names()) {
      Object value = RowFields.value(fields, name);
      if (TurnLists.isPython(value)) {
        return turnsIn(name); // each row is rejected with the reason
      }
      if (TurnLists.unwrapped(value) instanceof List<?> list
          && (messages != null || isTurns(list))) {
        boolean chat = (messages != null || name.equals("messages")) && isChat(list);
        return chat
            ? new Guess(Dialect.CHAT, "the rows have %s of role and content".formatted(name))
            : turnsIn(name);
      }
    }
    List<?> joined = TurnLists.ofPromptAndCompletion(fields);
    return joined == null
        ? null
        : new Guess(
            isChat(joined) ? Dialect.CHAT : Dialect.SHAREGPT,
            "the rows have turns in prompt and completion");
  }

  /** A list of turns in a field with an ambiguous name, in a row without a prompt. */
  private @Nullable Guess otherTurns(Map<String, Object> fields) {
    if (messages != null || UsualNames.find(fields.keySet()) != null) {
      return null;
    }
    return ConversationDialect.OTHER_TURNS.stream()
        .filter(
            name -> RowFields.get(fields, name) instanceof List<?> list && TurnLists.areTurns(list))
        .findFirst()
        .map(ShapeDetector::turnsIn)
        .orElse(null);
  }

  private static Guess turnsIn(String name) {
    return new Guess(Dialect.SHAREGPT, "the rows have %s of turns".formatted(name));
  }

  private List<String> names() {
    return messages != null ? List.of(messages.path()) : ConversationDialect.TURNS;
  }

  private static boolean isAnswer(@Nullable Object value) {
    return value instanceof String || value instanceof Map || value instanceof List;
  }

  private static boolean isTurns(List<?> list) {
    return !list.isEmpty() && list.stream().allMatch(element -> element instanceof Map);
  }

  private static boolean isChat(List<?> turns) {
    return turns.stream()
        .noneMatch(turn -> turn instanceof Map<?, ?> map && !Conversation.isRole(map.get("role")));
  }

  private DetectedShape ofDialect(Dialect dialect, List<Row> rows, String because) {
    boolean history =
        rows.stream()
            .anyMatch(
                row -> RowFields.get(row.fields(), "history") instanceof List<?> l && !l.isEmpty());
    return switch (dialect) {
      case PREFERENCE ->
          new DetectedShape(
              new Shape(dialect, mapping, answersRepeatPrompt(rows)), because, Format.PREFERENCE);
      case CHAT, SHAREGPT -> new DetectedShape(Shape.of(dialect, mapping), because, Format.CHAT);
      case ALPACA ->
          new DetectedShape(
              Shape.of(dialect, mapping), because, history ? Format.CHAT : Format.COMPLETION);
      default ->
          new PairDetector(mapping, asked == Dialect.AUTO && !mapping.hasTemplates()).detect(rows);
    };
  }

  /** Whether both answers of every row begin with its prompt, as in some exports. */
  private boolean answersRepeatPrompt(List<Row> rows) {
    int repeated = 0;
    for (Row row : rows) {
      Object prompt =
          PreferenceDialect.PROMPTS.stream()
              .map(name -> RowFields.get(row.fields(), name))
              .filter(value -> value != null)
              .findFirst()
              .orElse(null);
      boolean repeats =
          prompt instanceof String text
              && Stream.of("chosen", "rejected")
                  .allMatch(
                      name ->
                          RowFields.get(row.fields(), name) instanceof String answer
                              && Whitespace.strip(answer).startsWith(Whitespace.strip(text)));
      if (!repeats) {
        return false;
      }
      repeated++;
    }
    return repeated > 0;
  }
}
