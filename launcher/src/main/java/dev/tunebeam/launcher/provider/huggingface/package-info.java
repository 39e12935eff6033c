/** Hugging Face: what its GPUs cost. No training jobs yet. */
package dev.tunebeam.launcher.provider.huggingface;
