/**
 * Terminal output of a job: a line while it runs, a report at its end. Knows findings, statistics
 * and settings; no pipeline.
 */
package dev.tunebeam.pipelines.terminal;
