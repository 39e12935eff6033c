/** The command line of the launcher. May use every other package. */
package dev.tunebeam.launcher;
