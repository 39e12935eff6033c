/** Inference on fine-tuned models. May use HTTP, but no specific provider. */
package dev.tunebeam.launcher.inference;
