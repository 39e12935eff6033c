/**
 * A training run started once, however often it is tried, and followed. Knows {@code provider}'s
 * interface; none by name.
 */
package dev.tunebeam.launcher.launch;
