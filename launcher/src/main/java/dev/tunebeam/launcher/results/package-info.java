/**
 * What a training job reports of itself: figures by step, their table and their curves. Knows
 * figures; no provider.
 */
package dev.tunebeam.launcher.results;
