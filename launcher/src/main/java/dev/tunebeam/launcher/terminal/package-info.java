/** What the launcher says, at a terminal and without one. Knows the dataset's terminal text. */
package dev.tunebeam.launcher.terminal;
