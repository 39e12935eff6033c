/** The services that fine-tune, behind one interface. */
@org.jspecify.annotations.NullMarked
package dev.tunebeam.launcher.provider;
