/** The command line of the jobs: commands, runners, logs. Knows everything below. */
package dev.tunebeam.pipelines;
