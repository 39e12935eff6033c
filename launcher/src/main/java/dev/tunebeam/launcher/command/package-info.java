/**
 * The commands of the launcher, one class each, and the list of providers. Knows everything below.
 * One package because each command is a class or two that share their options.
 */
package dev.tunebeam.launcher.command;
