/** Terminal output: tables, numbers, exit codes. Uses no other package of the project. */
package dev.tunebeam.dataset.terminal;
