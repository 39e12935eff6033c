/**
 * Console output of the launcher, interactive or not. May use the dataset module's terminal text.
 */
package dev.tunebeam.launcher.terminal;
