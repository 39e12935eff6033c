/**
 * The launcher's commands, one class each, and the list of providers. May use every other package.
 * One package because the commands share their options.
 */
package dev.tunebeam.launcher.command;
