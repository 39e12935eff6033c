/**
 * What a person sees of a job: a line while it runs, a report at its end. Knows findings, figures
 * and settings; no pipeline.
 */
package dev.tunebeam.pipelines.terminal;
