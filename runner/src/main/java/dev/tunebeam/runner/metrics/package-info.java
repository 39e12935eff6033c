/** What the steps of a job count while they run. Knows Beam's metrics and no pipeline. */
package dev.tunebeam.runner.metrics;
