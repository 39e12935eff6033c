package dev.tunebeam.dataset.monitoring;

import dev.tunebeam.dataset.Manifest;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gauges of one run of a command, in <a
 * href="https://prometheus.io/docs/instrumenting/exposition_formats/">Prometheus' text format</a>.
 */
final class Metrics {

  private static final Pattern FAMILY =
      Pattern.compile("(?:# (?:HELP|TYPE) )?([a-zA-Z_:][a-zA-Z0-9_:]*).*");

  private final String pipeline;
  private final String command;
  private final TreeMap<String, Gauge> gauges = new TreeMap<>();

  private record Gauge(String help, Map<String, BigDecimal> samples) {}

  /** Samples have both as labels. */
  Metrics(String pipeline, String command) {
    this.pipeline = pipeline;
    this.command = command;
  }

  /** Sets a gauge without a label of its own. */
  void set(String name, String help, BigDecimal value) {
    set(name, help, null, value);
  }

  /**
   * Sets a gauge.
   *
   * @param label such as {@code split="train"}; null for none
   */
  void set(String name, String help, @Nullable String label, BigDecimal value) {
    String labels = "pipeline=\"%s\",command=\"%s\"".formatted(pipeline, command);
    gauges
        .computeIfAbsent(name, n -> new Gauge(help, new LinkedHashMap<>()))
        .samples()
        .put(label == null ? labels : labels + "," + label, value);
  }

  /** Sets the figures of a dataset. */
  void set(Manifest manifest) {
    Manifest.Rows rows = manifest.rows();
    String funnel = "Examples by what became of them; read is the sum of the others.";
    row(funnel, "read", rows.read());
    row(funnel, "train", rows.train());
    row(funnel, "validation", rows.validation());
    row(funnel, "rejected", rows.rejected().total());
    row(funnel, "duplicate", rows.duplicates());
    row(funnel, "filtered", rows.filtered());
    row(funnel, "sampled_out", rows.sampledOut());
    row(funnel, "unchanged", rows.unchangedCount());
    row(funnel, "near_copy", rows.nearCopies());
    row(funnel, "contaminated", rows.contaminated());
    row(funnel, "both_sides", rows.bothSides());
    set(
        "tunebeam_conflicts",
        "Prompts with different completions.",
        BigDecimal.valueOf(manifest.conflicts()));
    String tokens = "Tokens of the split.";
    token(tokens, Manifest.TRAIN, manifest.tokens().train());
    token(tokens, Manifest.VALIDATION, manifest.tokens().validation());
    set(
        "tunebeam_billed_tokens",
        "Tokens that the provider bills for the training run.",
        BigDecimal.valueOf(manifest.cost().billedTokens()));
    BigDecimal usd = manifest.cost().usd();
    if (usd != null) {
      set("tunebeam_price_usd", "Estimated price of the training run.", usd);
    }
  }

  private void row(String help, String kind, long count) {
    set("tunebeam_examples", help, "kind=\"%s\"".formatted(kind), BigDecimal.valueOf(count));
  }

  private void token(String help, String split, long count) {
    set("tunebeam_tokens", help, "split=\"%s\"".formatted(split), BigDecimal.valueOf(count));
  }

  /** The text, ordered by name. */
  String text() {
    StringBuilder text = new StringBuilder();
    gauges.forEach(
        (name, gauge) -> {
          text.append("# HELP ").append(name).append(' ').append(gauge.help()).append('\n');
          text.append("# TYPE ").append(name).append(" gauge\n");
          gauge
              .samples()
              .forEach(
                  (sampled, value) ->
                      text.append(name)
                          .append('{')
                          .append(sampled)
                          .append("} ")
                          .append(value.toPlainString())
                          .append('\n'));
        });
    return text.toString();
  }

  /**
   * Sends them.
   *
   * @param to a folder, which gets a file, or the address of a push gateway
   * @param isSuccess else the figures of the last run that this one does not have are kept
   */
  void send(Delivery delivery, String to, boolean isSuccess) {
    if (to.matches("https?:.*")) {
      // PUT replaces all metrics of the group, POST those of the same names.
      delivery.send(
          "push gateway",
          isSuccess ? "PUT" : "POST",
          MonitorSettings.below(
              URI.create(to),
              "metrics/job/tunebeam/pipeline/%s/command/%s".formatted(pipeline, command)),
          Map.of("Content-Type", "text/plain; version=0.0.4"),
          text());
    } else {
      Path file = Path.of(to, "%s-%s.prom".formatted(pipeline, command));
      delivery.replace("metrics", file, isSuccess ? text() : text() + missing(file));
    }
  }

  private String missing(Path file) {
    StringBuilder text = new StringBuilder();
    try {
      for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
        Matcher family = FAMILY.matcher(line);
        if (family.matches() && !gauges.containsKey(family.group(1))) {
          text.append(line).append('\n');
        }
      }
    } catch (IOException e) {
      return ""; // replacing the file says why
    }
    return text.toString();
  }
}
