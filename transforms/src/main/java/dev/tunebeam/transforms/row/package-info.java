/**
 * The output of the readers: a row with its source, or a rejection with step and reason; with
 * coders. Knows JSON text, and Beam for its coders.
 */
package dev.tunebeam.transforms.row;
