/** Counters that a progress bar reads while a job runs. Knows Beam's metrics alone. */
package dev.tunebeam.transforms.progress;
