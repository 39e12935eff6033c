/**
 * The interface of fine-tuning providers, and what they share. May use HTTP and the manifest, but
 * no specific provider.
 */
package dev.tunebeam.launcher.provider;
