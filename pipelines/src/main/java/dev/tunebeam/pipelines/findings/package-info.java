/**
 * Findings and recommendations of an inspection. Pure logic. Knows statistics and settings; no
 * terminal.
 */
package dev.tunebeam.pipelines.findings;
