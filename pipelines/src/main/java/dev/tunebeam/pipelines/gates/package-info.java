/**
 * What a dataset must be to be published, and how it differs from the one before. Pure functions of
 * recipe and manifests; no job, no terminal.
 */
package dev.tunebeam.pipelines.gates;
