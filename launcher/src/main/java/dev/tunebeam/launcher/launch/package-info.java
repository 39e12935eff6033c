/**
 * Idempotent launch of a training job, and following it. May use the {@code provider} interface,
 * but no implementation.
 */
package dev.tunebeam.launcher.launch;
