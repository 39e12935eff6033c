/** Questions to tuned models. */
@org.jspecify.annotations.NullMarked
package dev.tunebeam.launcher.inference;
