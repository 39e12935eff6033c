/**
 * LocalRunner: a Beam runner for bounded pipelines on one machine. Knows Beam, and nothing of
 * tunebeam.
 */
package dev.tunebeam.runner;
