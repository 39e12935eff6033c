package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Losses and accuracies at a step, a smooth curve of the step alone.
 *
 * @param validLoss null at steps without validation
 * @param fullValidLoss null but at an epoch's end
 */
record Metrics(
    int step,
    int totalSteps,
    double trainLoss,
    double trainAccuracy,
    @Nullable Double validLoss,
    @Nullable Double validAccuracy,
    @Nullable Double fullValidLoss,
    @Nullable Double fullValidAccuracy) {

  /** The curve: loss falls from 2.5 to about 0.4. */
  static Metrics at(int step, int total, boolean validated, boolean epochEnd) {
    double done = (double) step / total;
    double loss = round(0.35 + 2.15 * Math.exp(-3.5 * done) + 0.04 * Math.sin(step));
    double accuracy = round(0.95 - 0.5 * Math.exp(-3.5 * done) + 0.01 * Math.sin(step));
    return new Metrics(
        step,
        total,
        loss,
        accuracy,
        validated ? round(loss + 0.08) : null,
        validated ? round(accuracy - 0.03) : null,
        validated && epochEnd ? round(loss + 0.06) : null,
        validated && epochEnd ? round(accuracy - 0.02) : null);
  }

  private static double round(double figure) {
    return Math.round(figure * 1e5) / 1e5;
  }

  ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("step", step)
            .put("train_loss", trainLoss)
            .put("train_mean_token_accuracy", trainAccuracy);
    put(json, "valid_loss", validLoss);
    put(json, "valid_mean_token_accuracy", validAccuracy);
    put(json, "full_valid_loss", fullValidLoss);
    put(json, "full_valid_mean_token_accuracy", fullValidAccuracy);
    return json;
  }

  private static void put(ObjectNode json, String name, @Nullable Double figure) {
    if (figure != null) {
      json.put(name, figure);
    }
  }

  static String csvHeader(String accuracyColumn) {
    return "step,train_loss,"
        + accuracyColumn
        + ",valid_loss,valid_mean_token_accuracy,full_valid_loss,full_valid_mean_token_accuracy\n";
  }

  /** A line of the results' CSV; blank where there is no figure. */
  String csv() {
    return String.format(
        Locale.ROOT,
        "%d,%s,%s,%s,%s,%s,%s\n",
        step,
        trainLoss,
        trainAccuracy,
        blank(validLoss),
        blank(validAccuracy),
        blank(fullValidLoss),
        blank(fullValidAccuracy));
  }

  private static String blank(@Nullable Double figure) {
    return figure == null ? "" : figure.toString();
  }
}
