package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.pipelines.gates.Change;
import dev.tunebeam.pipelines.gates.Gates;
import dev.tunebeam.pipelines.terminal.JsonDocument;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON output of prepare, described in docs/prepare.md. A pure function. */
final class PreparedJson {

  private PreparedJson() {}

  /**
   * Puts the result of a job into a document; deterministic.
   *
   * @param folder the output folder, as the user named it; null after a dry run
   */
  static void fill(
      JsonDocument json,
      Manifest manifest,
      List<Change> changes,
      boolean dryRun,
      @Nullable String folder) {
    Manifest.Sides sides = manifest.sides();
    json.put("folder", folder);
    json.put("dryRun", dryRun);
    json.put("published", !dryRun && Gates.failed(manifest).isEmpty());
    json.put("digest", manifest.digest());
    json.put("format", manifest.format().toString());
    json.put("rows", manifest.rows());
    json.put("prompts", manifest.prompts());
    json.put("conflicts", manifest.conflicts());
    json.put("since", sides == null ? null : sides.since());
    json.put("classes", manifest.classes());
    json.put("tokens", manifest.tokens());
    json.put("lengths", manifest.lengths());
    json.put("cost", manifest.cost());
    json.put("gates", manifest.gates());
    json.put("changes", changes);
    json.put("inferred", manifest.inferred());
    json.put("warnings", manifest.warnings());
    json.put("version", manifest.version());
  }
}
