/**
 * The shapes in which corpora keep conversations, pairs and preferences, detected and read. Knows
 * rows, examples and templates.
 */
package dev.tunebeam.transforms.normalize.dialect;
