package dev.tunebeam.launcher.results;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.Optional;

/**
 * A metric of a training step. Column names are those of OpenAI's and Azure's result files and of
 * OpenAI's checkpoints, ignoring case and surrounding whitespace.
 */
enum Metric {
  /** Loss of the step's batch. */
  @JsonProperty("trainLoss")
  TRAIN_LOSS("train loss"),
  /** Token accuracy on the training batch. */
  @JsonProperty("trainAccuracy")
  TRAIN_ACCURACY("train acc"),
  /** Loss of a validation batch. */
  @JsonProperty("validLoss")
  VALID_LOSS("valid loss"),
  /** Token accuracy on a validation batch. */
  @JsonProperty("validAccuracy")
  VALID_ACCURACY("valid acc"),
  /** Loss over the full validation split, at the end of an epoch. */
  @JsonProperty("fullValidLoss")
  FULL_VALID_LOSS("full valid loss"),
  /** Token accuracy over the full validation split, at the end of an epoch. */
  @JsonProperty("fullValidAccuracy")
  FULL_VALID_ACCURACY("full valid acc");

  private final String title;

  Metric(String title) {
    this.title = title;
  }

  /** The column header in tables. */
  String title() {
    return title;
  }

  /** The metric of a column name; empty if there is none. */
  static Optional<Metric> ofColumn(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "train_loss" -> Optional.of(TRAIN_LOSS);
      case "train_mean_token_accuracy", "train_accuracy" -> Optional.of(TRAIN_ACCURACY);
      case "valid_loss" -> Optional.of(VALID_LOSS);
      case "valid_mean_token_accuracy", "valid_accuracy", "validation_mean_token_accuracy" ->
          Optional.of(VALID_ACCURACY);
      case "full_valid_loss" -> Optional.of(FULL_VALID_LOSS);
      case "full_valid_mean_token_accuracy", "full_valid_accuracy" ->
          Optional.of(FULL_VALID_ACCURACY);
      default -> Optional.empty();
    };
  }
}
