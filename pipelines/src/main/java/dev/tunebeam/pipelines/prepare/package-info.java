/**
 * The prepare job, and what it and inspect infer from a corpus beforehand. Knows everything below;
 * not {@code inspect}. One package because a job's plan, its checks and the publication of its
 * result share what only a job knows.
 */
package dev.tunebeam.pipelines.prepare;
