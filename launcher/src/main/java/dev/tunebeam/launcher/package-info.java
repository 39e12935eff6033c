/** The command line of the launcher. */
@org.jspecify.annotations.NullMarked
package dev.tunebeam.launcher;
