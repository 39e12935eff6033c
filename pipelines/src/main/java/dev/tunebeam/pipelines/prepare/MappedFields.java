package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.terminal.Nearest;
import dev.tunebeam.transforms.inspect.secrets.Secrets;
import dev.tunebeam.transforms.normalize.dialect.FieldMapping;
import dev.tunebeam.transforms.normalize.template.RowFields;
import dev.tunebeam.transforms.normalize.template.RowTemplate;
import dev.tunebeam.transforms.read.InputFiles;
import dev.tunebeam.transforms.row.Row;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks the fields that a recipe maps against the first rows of all files, so that a wrong name is
 * found before the whole input is read. Deterministic; holds no rows of its own.
 */
final class MappedFields {

  private static final int NAMES_SHOWN = 20;

  private final InputFiles input;

  private MappedFields(InputFiles input) {
    this.input = input;
  }

  /**
   * Refuses a mapping to a field that none of the first rows of any file has; optional names and
   * sections need none.
   *
   * @throws IllegalArgumentException with the fields that there are, secrets masked
   */
  static void check(FieldMapping mapping, InputFiles input) {
    MappedFields fields = new MappedFields(input);
    fields.template("prompt", mapping.prompt());
    fields.template("completion", mapping.completion());
    fields.template("system", mapping.system());
    fields.template("class", mapping.className());
    fields.field("messages", mapping.messages());
    fields.field("chosen", mapping.chosen());
    fields.field("rejected", mapping.rejected());
  }

  private void template(String key, @Nullable String text) {
    if (text != null) {
      RowTemplate template = new RowTemplate(key, text);
      String missing = missingInAll(row -> template.missingField(row.fields()));
      if (missing != null) {
        throw unknown(key, missing, "write {{%s?}}".formatted(missing));
      }
    }
  }

  private void field(String key, @Nullable String path) {
    if (path != null) {
      String outermost = path.replaceFirst("(?s)\\..*", "");
      boolean has =
          rows()
              .map(Row::fields)
              .anyMatch(row -> RowFields.has(row, outermost) || RowFields.value(row, path) != null);
      if (!has && rows().findAny().isPresent()) {
        throw unknown(key, path, "add a file to --input whose first rows have it");
      }
    }
  }

  /** The name that is missing in each row; null if a row has all, or another one is missing. */
  private @Nullable String missingInAll(Function<Row, @Nullable String> missing) {
    String name = null;
    for (Iterator<Row> rows = rows().iterator(); rows.hasNext(); ) {
      String ofRow = missing.apply(rows.next());
      if (ofRow == null || (name != null && !name.equals(ofRow))) {
        return null;
      }
      name = ofRow;
    }
    return name;
  }

  private Stream<Row> rows() {
    return IntStream.range(0, input.files().size()).boxed().flatMap(i -> input.head(i).stream());
  }

  private IllegalArgumentException unknown(String key, String name, String otherwise) {
    List<String> names = rows().flatMap(row -> row.fields().keySet().stream()).distinct().toList();
    return new IllegalArgumentException(
        Secrets.mask(
            "map.%s names the field %s, which none of the first rows has; they have %s%s; %s, or if later rows have it, %s"
                .formatted(
                    key,
                    name,
                    names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", ")),
                    names.size() > NAMES_SHOWN ? ", …" : "",
                    Nearest.of(name, names)
                        .map(near -> "did you mean %s? Correct the name".formatted(near))
                        .orElse("correct the name"),
                    otherwise)));
  }
}
