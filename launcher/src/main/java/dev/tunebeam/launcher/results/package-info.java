/** What a training job reports of itself: figures by step, their table and their curves. */
@org.jspecify.annotations.NullMarked
package dev.tunebeam.launcher.results;
