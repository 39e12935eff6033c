/**
 * The settings of a job: their keys, flags, recipe file, checks and help. Knows the settings' types
 * of stages and dataset; no job.
 */
package dev.tunebeam.pipelines.recipe;
