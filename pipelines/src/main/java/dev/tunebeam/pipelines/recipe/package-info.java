/**
 * The settings of a job: their keys, flags, recipe file, validation and help. Knows the types of
 * settings of stages and dataset; no job.
 */
package dev.tunebeam.pipelines.recipe;
