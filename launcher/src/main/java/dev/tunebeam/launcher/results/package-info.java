/** The metrics of a training job: parsing, table and learning curves. Uses no provider. */
package dev.tunebeam.launcher.results;
