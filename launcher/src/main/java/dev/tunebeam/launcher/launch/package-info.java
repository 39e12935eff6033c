/** Starting a training run once, and following it. */
@org.jspecify.annotations.NullMarked
package dev.tunebeam.launcher.launch;
