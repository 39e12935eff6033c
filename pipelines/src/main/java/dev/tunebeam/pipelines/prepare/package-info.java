/**
 * The prepare job, and what it and inspect infer from a corpus beforehand. Knows everything below;
 * not {@code inspect}.
 */
package dev.tunebeam.pipelines.prepare;
