/**
 * How good a tuned model's answers are: the figures, their file and their report. Knows inference
 * and the manifest.
 */
package dev.tunebeam.launcher.evaluate;
