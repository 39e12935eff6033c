package dev.tunebeam.launcher.evaluate;

import org.jspecify.annotations.Nullable;

/**
 * The predicted class of one example.
 *
 * @param actual the actual class
 * @param predicted the predicted class, null if the answer matches none
 * @param probabilities the class probabilities, null if the provider reports no logprobs
 */
record Prediction(
    String actual, @Nullable String predicted, @Nullable ClassProbabilities probabilities) {}
