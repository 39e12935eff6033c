/** Processes, waiting, and errors in the words of a user. Knows exit codes; no network. */
package dev.tunebeam.launcher.process;
