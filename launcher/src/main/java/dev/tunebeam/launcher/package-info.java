/** The command line of the launcher. Knows everything below. */
package dev.tunebeam.launcher;
