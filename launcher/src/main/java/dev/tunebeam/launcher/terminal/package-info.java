/** What the launcher says, at a terminal and without one. */
@org.jspecify.annotations.NullMarked
package dev.tunebeam.launcher.terminal;
