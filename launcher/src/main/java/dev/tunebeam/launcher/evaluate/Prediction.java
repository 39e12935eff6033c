package dev.tunebeam.launcher.evaluate;

import org.jspecify.annotations.Nullable;

/**
 * A model's answer to one example of a classification.
 *
 * @param actual the example's class
 * @param predicted the class that was answered, null if the answer is none
 * @param probabilities of the classes, null if the provider reports none
 */
public record Prediction(
    String actual, @Nullable String predicted, @Nullable ClassProbabilities probabilities) {}
