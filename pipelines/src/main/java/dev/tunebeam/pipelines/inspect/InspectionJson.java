package dev.tunebeam.pipelines.inspect;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Version;
import dev.tunebeam.dataset.yaml.DashedNames;
import dev.tunebeam.pipelines.findings.Corpus;
import dev.tunebeam.pipelines.findings.Finding;
import dev.tunebeam.pipelines.findings.Recommendation;
import dev.tunebeam.pipelines.prepare.CorpusFacts;
import dev.tunebeam.pipelines.prepare.PreparePlan;
import dev.tunebeam.pipelines.terminal.JsonDocument;
import dev.tunebeam.transforms.inspect.FieldStatistics.Field;
import dev.tunebeam.transforms.inspect.Inspection;
import dev.tunebeam.transforms.inspect.secrets.Secrets;
import dev.tunebeam.transforms.read.input.InputFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The JSON output of inspect, described in docs/inspect.md. A pure function. */
final class InspectionJson {

  private InspectionJson() {}

  /** Puts what was found into a document; deterministic. */
  static void fill(
      JsonDocument json,
      PreparePlan plan,
      Corpus corpus,
      Manifest manifest,
      List<Finding> findings,
      List<Recommendation> recommendations) {
    Inspection inspection = corpus.inspection();
    json.put("files", files(plan, inspection));
    json.put("kind", DashedNames.of(corpus.conclusion().kind()));
    json.put("because", corpus.conclusion().because());
    json.put("format", plan.format().toString());
    json.put("task", DashedNames.of(plan.task()));
    json.put("inferred", CorpusFacts.inferred(plan));
    json.put("fields", fields(inspection));
    Map<String, Object> rows = new LinkedHashMap<>();
    rows.put("rows", inspection.summary().rows());
    rows.put("read", manifest.rows().read());
    rows.put("filtered", manifest.rows().filtered());
    rows.put("rejected", manifest.rows().rejected());
    rows.put("duplicates", manifest.rows().duplicates());
    if (manifest.near() != null) {
      rows.put("nearCopies", manifest.rows().nearCopies());
      rows.put("contaminated", manifest.rows().contaminated());
    }
    rows.put("sampledOut", manifest.rows().sampledOut());
    rows.put("kept", manifest.rows().train() + manifest.rows().validation());
    rows.put("conflicts", manifest.conflicts());
    json.put("examples", rows);
    json.put("classes", CorpusFacts.classes(corpus));
    json.put("tokens", manifest.tokens());
    json.put("cost", manifest.cost());
    json.put("delimiters", corpus.delimiterUses());
    json.put("findings", findings);
    json.put("recommendations", recommendations);
    json.put("version", Version.current());
  }

  private static List<Map<String, Object>> files(PreparePlan plan, Inspection inspection) {
    List<Map<String, Object>> files = new ArrayList<>();
    for (int i = 0; i < plan.input().files().size(); i++) {
      InputFile file = plan.input().files().get(i);
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("file", plan.names().fromWorkingFolder(plan.fileNames().get(i)));
      json.put("format", file.format().name().toLowerCase(Locale.ROOT));
      json.put("charset", file.charset());
      json.put("bytes", file.size());
      json.put("rows", inspection.summary().rowsByFile().getOrDefault(i, 0L));
      json.put("dialect", DashedNames.of(plan.shapes().get(i).dialect()));
      files.add(json);
    }
    return files;
  }

  private static List<Map<String, Object>> fields(Inspection inspection) {
    List<Map<String, Object>> fields = new ArrayList<>();
    for (Map.Entry<String, Field> entry : inspection.rows().fields().inOrder()) {
      Map<String, Long> types = new TreeMap<>();
      entry.getValue().types().forEach((type, tally) -> types.put(type.toString(), tally.count()));
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("name", Secrets.mask(entry.getKey()));
      json.put("types", types);
      json.put("filled", entry.getValue().filled());
      json.put("examples", entry.getValue().examples());
      fields.add(json);
    }
    return fields;
  }
}
