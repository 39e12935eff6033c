package dev.tunebeam.launcher.results;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.Optional;

/**
 * A figure of a training step. The names of the columns are those of OpenAI's and Azure's results
 * files and of OpenAI's checkpoints; case and blanks around a name do not matter.
 */
enum Metric {
  /** Loss of the step's batch. */
  @JsonProperty("trainLoss")
  TRAIN_LOSS("train loss"),
  /** Share of the batch's tokens that the model would have chosen. */
  @JsonProperty("trainAccuracy")
  TRAIN_ACCURACY("train acc"),
  /** Loss of a batch of the validation examples. */
  @JsonProperty("validLoss")
  VALID_LOSS("valid loss"),
  /** Share of the tokens of a batch of the validation examples. */
  @JsonProperty("validAccuracy")
  VALID_ACCURACY("valid acc"),
  /** Loss of all validation examples, at the end of an epoch. */
  @JsonProperty("fullValidLoss")
  FULL_VALID_LOSS("full valid loss"),
  /** Share of the tokens of all validation examples, at the end of an epoch. */
  @JsonProperty("fullValidAccuracy")
  FULL_VALID_ACCURACY("full valid acc");

  private final String title;

  Metric(String title) {
    this.title = title;
  }

  /** What tables call it. */
  String title() {
    return title;
  }

  /** The metric of a column; empty if the name is that of none. */
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
