/**
 * What there is to run, and when: the steps of a pipeline and their levels, or why it is refused.
 * Knows Beam's pipelines; runs nothing.
 */
package dev.tunebeam.runner.plan;
