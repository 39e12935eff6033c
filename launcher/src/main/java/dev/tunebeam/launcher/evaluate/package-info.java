/** What a tuned model's answers are worth: the figures, their file and their report. */
@org.jspecify.annotations.NullMarked
package dev.tunebeam.launcher.evaluate;
