/**
 * Environment, waiting, and errors with a message for the user. May use exit codes, but no network.
 */
package dev.tunebeam.launcher.process;
