/**
 * Bytes beyond memory: values in pages up to a budget, in files that are gone with the process
 * beyond it, read back as streams. Knows Beam's coders and nothing else of Beam.
 */
package dev.tunebeam.runner.spill;
