package dev.tunebeam.pipelines.findings;

import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.terminal.TerminalText;
import dev.tunebeam.transforms.inspect.FieldStatistics.Field;
import dev.tunebeam.transforms.inspect.FieldType;
import dev.tunebeam.transforms.inspect.Tally;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Findings about fields: mixed types, fields that no example uses, files that differ. */
final class FieldFindings {

  /** More folders are no classes. */
  private static final int MOST_FOLDERS = 100;

  private FieldFindings() {}

  static List<Finding> of(Corpus corpus) {
    FindingList list = new FindingList(corpus);
    for (Map.Entry<String, Field> field : corpus.inspection().rows().fields().inOrder()) {
      mixed(list, TerminalText.oneLine(field.getKey()), field.getValue());
    }
    if (!corpus.unusedFields().isEmpty()) {
      list.add(
          "unused-fields",
          corpus.unusedFields().size(),
          Figures.counted(corpus.unusedFields().size(), "field is", "fields are") + " unused",
          "The model never sees them.",
          "Add those that matter to map.prompt, for example \"{{a}}\\n{{b}}\".",
          corpus.unusedFields().stream().map(TerminalText::oneLine).toList());
    }
    folders(list, corpus);
    if (corpus.kinds() > 1) {
      list.add(
          "mixed-files",
          corpus.kinds(),
          String.format(Locale.ROOT, "the files have %d different schemas", corpus.kinds()),
          "Each is read by its own schema, and all become one dataset.",
          "Check what was inferred for each file; dialect and map apply to all of them.",
          List.of());
    }
    return list.list();
  }

  /** A folder for each class, as of spam and other mail, if nothing else is a class. */
  private static void folders(FindingList list, Corpus corpus) {
    int count = corpus.folders().size();
    boolean used = corpus.recipe().map().toString().contains("{_folder");
    if (count < 2 || count > MOST_FOLDERS || used || !corpus.classes().counts().isEmpty()) {
      return;
    }
    list.add(
        "folders",
        count,
        String.format(Locale.ROOT, "the files are in %d folders", count),
        "Often a folder holds the rows of one class.",
        "If so, set map.completion (--completion) to \"{{_folder}}\" and map.prompt to the text; {{_file}} is the name of the file.",
        corpus.folders().stream().map(TerminalText::oneLine).toList());
  }

  /** Null does not count as a type. */
  private static void mixed(FindingList list, String name, Field field) {
    List<Map.Entry<FieldType, Tally>> types = new ArrayList<>(field.types().entrySet());
    types.removeIf(type -> type.getKey() == FieldType.NULL);
    if (types.size() < 2) {
      return;
    }
    types.sort(
        Comparator.comparing((Map.Entry<FieldType, Tally> type) -> -type.getValue().count())
            .thenComparing(Map.Entry.comparingByKey()));
    for (Map.Entry<FieldType, Tally> type : types.subList(1, types.size())) {
      list.tally(
          "mixed-types",
          type.getValue(),
          "row has",
          "rows have",
          "%s in the field %s, where most have %s"
              .formatted(named(type.getKey()), name, named(types.get(0).getKey())),
          "A field of mixed types often holds two things under one name.",
          "Numbers and booleans are cast to text; lists and objects are rejected.");
    }
  }

  private static String named(FieldType type) {
    return switch (type) {
      case OBJECT -> "an object";
      case NULL -> "null";
      default -> "a " + type;
    };
  }
}
