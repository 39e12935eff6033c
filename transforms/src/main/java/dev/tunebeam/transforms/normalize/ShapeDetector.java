package dev.tunebeam.transforms.normalize;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.transforms.read.Row;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Concludes the dialect of a file from its first rows: the one that most of them are written in. A
 * pure function of the rows and of what the recipe says.
 */
public final class ShapeDetector {

  /** A longer answer is no name of a class. */
  private static final int LONGEST_CLASS = 80;

  private static final int NAMES_SHOWN = 10;

  private final Dialect asked;
  private final Mapping mapping;
  private final @Nullable FieldPath messages;

  /**
   * A detector for a recipe.
   *
   * @param asked what the recipe says, {@link Dialect#AUTO} where it leaves it open
   * @throws IllegalArgumentException if the mapping names no field where it should
   */
  public ShapeDetector(Dialect asked, Mapping mapping) {
    this.asked = asked;
    this.mapping = mapping;
    this.messages = FieldPath.ofNullable("messages", mapping.messages());
  }

  /** The shape of a file with these first rows, which may be none. */
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
    if (isAnswer(RowFields.get(fields, "chosen")) && isAnswer(RowFields.get(fields, "rejected"))) {
      return new Guess(Dialect.PREFERENCE, "the rows have chosen and rejected");
    }
    for (String name : names()) {
      Object turns = RowFields.value(fields, name);
      if (turns instanceof List<?> list && (messages != null || isTurns(list))) {
        boolean chat = (messages != null || name.equals("messages")) && isChat(list);
        return chat
            ? new Guess(Dialect.CHAT, "the rows have %s of role and content".formatted(name))
            : new Guess(Dialect.SHAREGPT, "the rows have %s of turns".formatted(name));
      }
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
    return new Guess(Dialect.PROMPT_COMPLETION, "");
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
        .noneMatch(turn -> turn instanceof Map<?, ?> map && !map.containsKey("role"));
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
      default -> ofPairs(rows, asked == Dialect.AUTO && !mapping.hasTemplates());
    };
  }

  private DetectedShape ofPairs(List<Row> rows, boolean open) {
    Shape plain = Shape.of(Dialect.PROMPT_COMPLETION, mapping);
    if (mapping.hasTemplates() || rows.isEmpty()) {
      return new DetectedShape(plain, "", Format.COMPLETION);
    }
    Map<UsualNames.Pair, Integer> votes = new LinkedHashMap<>();
    Set<String> names = new LinkedHashSet<>();
    for (Row row : rows) {
      names.addAll(row.fields().keySet());
      UsualNames.Pair pair = UsualNames.find(row.fields().keySet());
      if (pair != null) {
        votes.merge(pair, 1, Integer::sum);
      }
    }
    UsualNames.Pair pair =
        votes.entrySet().stream()
            .reduce((a, b) -> b.getValue() > a.getValue() ? b : a)
            .map(Map.Entry::getKey)
            .orElse(null);
    if (pair == null) {
      return ofTextAlone(rows, names, open);
    }
    String because =
        open
            ? "the rows have " + pair.prompt() + " and " + pair.completion() + rest(names, pair)
            : "";
    boolean literal =
        pair.prompt().equalsIgnoreCase("prompt")
            && pair.completion().equalsIgnoreCase("completion");
    return new DetectedShape(
        literal
            ? plain
            : Shape.of(
                Dialect.PROMPT_COMPLETION,
                mapping.withTemplates(tag(pair.prompt()), tag(pair.completion()))),
        because,
        Format.COMPLETION,
        pair.ofClass() && areShort(rows, pair.completion()));
  }

  /** Fields that no example has are said, so that nobody misses them later. */
  private static String rest(Set<String> names, UsualNames.Pair pair) {
    List<String> rest = UsualNames.without(names, pair.prompt(), pair.completion());
    return rest.isEmpty() ? "" : "; not used: " + shown(rest);
  }

  private static String shown(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(NAMES_SHOWN, names.size())))
        + (names.size() > NAMES_SHOWN ? ", …" : "");
  }

  private DetectedShape ofTextAlone(List<Row> rows, Set<String> names, boolean open) {
    List<String> texts =
        names.stream()
            .filter(name -> rows.stream().anyMatch(row -> row.fields().get(name) instanceof String))
            .toList();
    Shape plain = Shape.of(Dialect.PROMPT_COMPLETION, mapping);
    if (texts.size() == 1 && UsualNames.isText(texts.get(0))) {
      return new DetectedShape(
          Shape.of(Dialect.PROMPT_COMPLETION, mapping.withTemplates(null, tag(texts.get(0)))),
          open ? "the only text of the rows is " + texts.get(0) : "",
          Format.COMPLETION);
    }
    boolean answer = names.stream().anyMatch("completion"::equalsIgnoreCase);
    String because =
        answer ? "the rows have completion" : "the rows have only " + shown(List.copyOf(names));
    return new DetectedShape(plain, open ? because : "", Format.COMPLETION);
  }

  private static String tag(String field) {
    return "{{" + field + "}}";
  }

  private static boolean areShort(List<Row> rows, String field) {
    return rows.stream()
        .map(row -> row.fields().get(field))
        .allMatch(
            value ->
                !(value instanceof String text)
                    || (text.length() <= LONGEST_CLASS && text.strip().indexOf('\n') < 0));
  }

  /** Whether both answers of every row begin with its prompt, as some exports have them. */
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
                              && answer.strip().startsWith(text.strip()));
      if (!repeats) {
        return false;
      }
      repeated++;
    }
    return repeated > 0;
  }
}
