/**
 * What an inspection finds and recommends. Pure logic. Knows statistics and settings; no terminal.
 */
package dev.tunebeam.pipelines.findings;
