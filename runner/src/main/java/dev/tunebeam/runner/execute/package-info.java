/**
 * Runs a plan: workers take tasks level by level and pass each element through the functions behind
 * it. Knows plan, spill and metrics, and how Beam calls a DoFn.
 */
package dev.tunebeam.runner.execute;
