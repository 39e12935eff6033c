/** Counters for the progress bar of a running job. Knows only Beam's metrics. */
package dev.tunebeam.transforms.progress;
