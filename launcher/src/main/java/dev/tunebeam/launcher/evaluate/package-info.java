/**
 * Evaluation of a fine-tuned model: batch inference, metrics, files and report. May use inference
 * and the manifest.
 */
package dev.tunebeam.launcher.evaluate;
