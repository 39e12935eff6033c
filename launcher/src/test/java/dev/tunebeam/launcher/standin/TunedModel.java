package dev.tunebeam.launcher.standin;

/**
 * A model that a job made.
 *
 * @param createdAt Unix seconds
 */
record TunedModel(String id, long createdAt, Memory memory) {}
