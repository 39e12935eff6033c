/**
 * Counts the tokens of an example with the model's own encoding. Knows examples, rendered lines and
 * {@code tokens}.
 */
package dev.tunebeam.transforms.count;
