/** The commands of the launcher, one class each. */
@org.jspecify.annotations.NullMarked
package dev.tunebeam.launcher.command;
