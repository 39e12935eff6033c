package dev.tunebeam.transforms.normalize.dialect;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.row.Row;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Infers the prompt and completion fields from the first rows of a file, if the recipe does not map
 * them. A pure function.
 *
 * @param open whether to report what was inferred
 */
record PairDetector(FieldMapping mapping, boolean open) {

  /** Longer answers are not class names. */
  private static final int LONGEST_CLASS = 80;

  private static final int NAMES_SHOWN = 10;

  /** The shape of a file of pairs with these first rows, which may be empty. */
  DetectedShape detect(List<Row> rows) {
    Shape plain = Shape.of(Dialect.PROMPT_COMPLETION, mapping);
    if (mapping.hasTemplates() || rows.isEmpty()) {
      return new DetectedShape(plain, "", Format.COMPLETION);
    }
    Map<UsualNames.Pair, Integer> votes = new LinkedHashMap<>();
    Set<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.addAll(row.fields().keySet()));
    Set<String> empty = mostlyEmpty(rows, names);
    for (Row row : rows) {
      UsualNames.Pair pair =
          UsualNames.find(
              row.fields().keySet().stream().filter(name -> !empty.contains(name)).toList());
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
      return ofTextAlone(rows, names);
    }
    String context = UsualNames.context(names, pair);
    context = context == null || !isText(rows, context) ? null : context;
    String system = mapping.system() != null ? null : SystemField.in(names);
    system = system == null || !isText(rows, system) ? null : system;
    String because =
        open
            ? "the rows have %s%s%s and %s%s"
                .formatted(
                    system == null ? "" : system + ", ",
                    pair.prompt(),
                    context == null ? "" : ", " + context,
                    pair.completion(),
                    rest(names, pair, context, system))
            : "";
    boolean literal =
        context == null
            && pair.prompt().equalsIgnoreCase("prompt")
            && pair.completion().equalsIgnoreCase("completion");
    String prompt =
        context == null
            ? tag(pair.prompt())
            : "%s{{#%s}}\n%s{{/%s}}".formatted(tag(pair.prompt()), context, tag(context), context);
    FieldMapping found =
        literal ? mapping : mapping.withTemplates(prompt, answerTag(rows, pair.completion()));
    return new DetectedShape(
        Shape.of(
            Dialect.PROMPT_COMPLETION,
            system == null ? found : found.withSystem("{{%s?}}".formatted(system))),
        because,
        Format.COMPLETION,
        pair.ofClass() && areShort(rows, pair.completion()));
  }

  /** Names unused fields, so that the user notices them. */
  private static String rest(
      Set<String> names, UsualNames.Pair pair, @Nullable String context, @Nullable String system) {
    List<String> rest = UsualNames.without(names, pair.prompt(), pair.completion());
    rest.remove(context);
    rest.remove(system);
    return unused(rest);
  }

  private static String unused(List<String> rest) {
    return rest.isEmpty() ? "" : "; not used: " + shown(rest);
  }

  private static String shown(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(NAMES_SHOWN, names.size())))
        + (names.size() > NAMES_SHOWN ? ", …" : "");
  }

  /** The fields that less than half of the rows that have them fill; none if few rows tell. */
  private static Set<String> mostlyEmpty(List<Row> rows, Set<String> names) {
    Set<String> empty = new LinkedHashSet<>();
    if (rows.size() < ColumnProposal.FEWEST_ROWS) {
      return empty;
    }
    for (String name : names) {
      long present = rows.stream().filter(row -> row.fields().containsKey(name)).count();
      long filled = rows.stream().filter(row -> isFilled(row.fields().get(name))).count();
      if (filled * 2 < present) {
        empty.add(name);
      }
    }
    return empty;
  }

  private static boolean isFilled(@Nullable Object value) {
    return value != null && !(value instanceof String text && Whitespace.isBlank(text));
  }

  private DetectedShape ofTextAlone(List<Row> rows, Set<String> names) {
    List<String> texts =
        names.stream()
            .filter(name -> rows.stream().anyMatch(row -> row.fields().get(name) instanceof String))
            .toList();
    Shape plain = Shape.of(Dialect.PROMPT_COMPLETION, mapping);
    if (texts.size() == 1 && UsualNames.isText(texts.get(0))) {
      return ofText(texts.get(0), "");
    }
    ColumnProposal proposal = open ? ColumnProposal.of(rows) : null;
    if (proposal != null) {
      return DetectedShape.proposed(
          Shape.of(
              Dialect.PROMPT_COMPLETION,
              mapping.withTemplates(tag(proposal.prompt()), tag(proposal.completion()))),
          proposal.because()
              + unused(UsualNames.without(names, proposal.prompt(), proposal.completion())));
    }
    List<String> own = texts.stream().filter(name -> !ColumnProposal.isAboutTheRow(name)).toList();
    if (open && own.size() == 1 && UsualNames.isText(own.get(0))) {
      return ofText(own.get(0), unused(UsualNames.without(names, own.get(0), "")));
    }
    boolean answer = names.stream().anyMatch("completion"::equalsIgnoreCase);
    String because =
        answer ? "the rows have completion" : "the rows have only " + shown(List.copyOf(names));
    return new DetectedShape(plain, open ? because : "", Format.COMPLETION);
  }

  private DetectedShape ofText(String field, String unused) {
    return new DetectedShape(
        Shape.of(Dialect.PROMPT_COMPLETION, mapping.withTemplates(null, tag(field))),
        open ? "the only text field of the rows is " + field + unused : "",
        Format.COMPLETION);
  }

  private static String tag(String field) {
    return "{{" + field + "}}";
  }

  /** Whether a field is a string, if present, in all rows. */
  private static boolean isText(List<Row> rows, String field) {
    return rows.stream()
        .map(row -> row.fields().get(field))
        .allMatch(value -> value == null || value instanceof String);
  }

  /** The template for an answer; the first of several, as in question answering datasets. */
  private static String answerTag(List<Row> rows, String field) {
    Object first =
        rows.stream()
            .map(row -> row.fields().get(field))
            .filter(value -> value != null)
            .findFirst()
            .orElse(null);
    if (first instanceof Map<?, ?> map && map.get("text") instanceof List) {
      return tag(field + ".text.0");
    }
    return tag(field.equalsIgnoreCase("answers") && first instanceof List ? field + ".0" : field);
  }

  private static boolean areShort(List<Row> rows, String field) {
    return rows.stream()
        .map(row -> row.fields().get(field))
        .allMatch(
            value ->
                !(value instanceof String text)
                    || (text.length() <= LONGEST_CLASS
                        && Whitespace.strip(text).indexOf('\n') < 0));
  }
}
