/** Fireworks AI. May use {@code provider}, but no other provider. */
package dev.tunebeam.launcher.provider.fireworks;
