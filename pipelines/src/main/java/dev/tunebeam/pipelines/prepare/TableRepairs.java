package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.pipelines.findings.Recommendation;
import dev.tunebeam.transforms.normalize.dialect.MergedCells;
import dev.tunebeam.transforms.read.NamedSplits;
import dev.tunebeam.transforms.read.input.InputFormat;
import dev.tunebeam.transforms.row.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Recommendations that the first rows of files give: merged cells, a column of splits. */
final class TableRepairs {

  private static final Set<InputFormat> TABLES =
      Set.of(InputFormat.CSV, InputFormat.TSV, InputFormat.XLSX);

  private TableRepairs() {}

  /** The recommendations; none for keys that the recipe sets. */
  static List<Recommendation> of(PreparePlan plan) {
    List<Recommendation> repairs = new ArrayList<>();
    Set<String> merged = new LinkedHashSet<>();
    Set<String> columns = new LinkedHashSet<>();
    for (int file = 0; file < plan.shapes().size() && file < plan.input().firstGiven(); file++) {
      List<Row> rows = plan.input().head(file);
      if (TABLES.contains(plan.input().files().get(file).format())) {
        merged.addAll(MergedCells.columns(rows, plan.shapes().get(file).mapping()));
      }
      rows.forEach(row -> columns.addAll(row.fields().keySet()));
    }
    if (!merged.isEmpty() && plan.recipe().fillDown() == null) {
      repairs.add(
          new Recommendation(
              "Fill blank cells with the value above",
              "%s to have merged cells, each above the rest of its group: %s"
                  .formatted(
                      Figures.counted(merged.size(), "column seems", "columns seem"),
                      String.join(", ", merged)),
              Map.of("fillDown", List.copyOf(merged))));
    }
    if (plan.recipe().where() == null && !plan.recipe().givesValidation()) {
      columns.stream()
          .filter(name -> name.matches("(?i)(\\w*_)?(split|fold|subset|partition)"))
          .forEach(name -> splits(plan, name, repairs));
    }
    return repairs;
  }

  private static void splits(PreparePlan plan, String column, List<Recommendation> repairs) {
    Set<String> values = new TreeSet<>();
    for (int file = 0; file < plan.shapes().size(); file++) {
      for (Row row : plan.input().head(file)) {
        Object value = row.fields().get(column);
        values.add(value == null ? "" : Whitespace.strip(String.valueOf(value)));
      }
    }
    NamedSplits splits = NamedSplits.ofArrays(List.copyOf(values));
    if (splits != null && repairs.stream().noneMatch(one -> one.settings().containsKey("where"))) {
      String train = splits.train().get(0);
      repairs.add(
          new Recommendation(
              "Learn only from the rows of the split " + train,
              "the column %s names splits: %s".formatted(column, String.join(", ", values)),
              Map.of("where", "%s == '%s'".formatted(column, train.replace("'", "''")))));
    }
  }
}
