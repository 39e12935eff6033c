/**
 * Terminal output: tables, numbers, exit codes, the word that a user probably meant. Uses no other
 * package of the project.
 */
package dev.tunebeam.dataset.terminal;
