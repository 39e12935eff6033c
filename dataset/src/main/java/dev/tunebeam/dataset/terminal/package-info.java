/** Figures and tables as jobs and launcher show them on a terminal. */
@org.jspecify.annotations.NullMarked
package dev.tunebeam.dataset.terminal;
