package dev.tunebeam.launcher.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.launcher.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Converts JSON metrics to CSV with OpenAI's columns. Records with the same step are merged; a
 * record without a step follows the previous record's step; unknown metrics are dropped. Held in
 * memory, about 300 bytes per step.
 */
public final class MetricsCsv {

  private static final List<String> STEP =
      List.of("step", "train/global_step", "eval/global_step", "global_step", "train/step");

  /**
   * OpenAI's columns and the names at other providers. A loss over the full validation split maps
   * to a {@code full_} column.
   */
  private static final Map<String, List<String>> COLUMNS = columns();

  private final SortedMap<Long, Map<String, String>> rows = new TreeMap<>();
  private long last = -1;

  private static Map<String, List<String>> columns() {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    columns.put("train_loss", List.of("train_loss", "train/loss", "loss"));
    columns.put(
        "train_mean_token_accuracy",
        List.of("train_mean_token_accuracy", "train/mean_token_accuracy", "train/accuracy"));
    columns.put("valid_loss", List.of("valid_loss"));
    columns.put("valid_mean_token_accuracy", List.of("valid_mean_token_accuracy"));
    columns.put("full_valid_loss", List.of("full_valid_loss", "eval/loss", "eval_loss"));
    columns.put(
        "full_valid_mean_token_accuracy",
        List.of("full_valid_mean_token_accuracy", "eval/mean_token_accuracy", "eval/accuracy"));
    return columns;
  }

  /** The metrics of checkpoints; empty if there are none. */
  public static Optional<byte[]> ofCheckpoints(List<Checkpoint> checkpoints) {
    MetricsCsv table = new MetricsCsv();
    checkpoints.forEach(checkpoint -> table.add(checkpoint.step(), checkpoint.metrics()));
    return table.csv();
  }

  /** The metrics of records; empty if there are none. */
  public static Optional<byte[]> ofRecords(Iterable<JsonNode> records) {
    MetricsCsv table = new MetricsCsv();
    records.forEach(table::add);
    return table.csv();
  }

  /** The metrics of JSON lines, {@code {"step", "data": {…}}} or flat. */
  public static Optional<byte[]> ofLines(byte[] lines) {
    MetricsCsv table = new MetricsCsv();
    new String(lines, StandardCharsets.UTF_8)
        .lines()
        .map(Json::parse)
        .filter(record -> record != null && record.isObject())
        .forEach(table::add);
    return table.csv();
  }

  private void add(JsonNode record) {
    JsonNode data = record.path("data").isObject() ? record.path("data") : record;
    long step = last + 1;
    for (String name : STEP) {
      JsonNode own = record.path(name).isNumber() ? record.path(name) : data.path(name);
      if (own.isNumber() && own.asLong() >= 0) {
        step = own.asLong();
        break;
      }
    }
    add(step, data);
  }

  private void add(long step, JsonNode metrics) {
    last = step;
    COLUMNS.forEach(
        (column, names) ->
            names.stream()
                .map(metrics::path)
                .filter(JsonNode::isNumber)
                .findFirst()
                .ifPresent(
                    value ->
                        rows.computeIfAbsent(step, s -> new LinkedHashMap<>())
                            .put(column, value.asText())));
  }

  private Optional<byte[]> csv() {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder csv = new StringBuilder("step");
    COLUMNS.keySet().forEach(column -> csv.append(',').append(column));
    rows.forEach(
        (step, row) -> {
          csv.append('\n').append(step);
          COLUMNS.keySet().forEach(c -> csv.append(',').append(row.getOrDefault(c, "")));
        });
    return Optional.of(csv.append('\n').toString().getBytes(StandardCharsets.UTF_8));
  }
}
