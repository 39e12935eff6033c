/**
 * Text for a terminal: tables, figures, and what a process ends with. Knows nothing else of ours.
 */
package dev.tunebeam.dataset.terminal;
