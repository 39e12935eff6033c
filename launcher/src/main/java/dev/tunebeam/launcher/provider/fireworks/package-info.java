/** Fireworks. Knows {@code provider}; no other one. */
package dev.tunebeam.launcher.provider.fireworks;
