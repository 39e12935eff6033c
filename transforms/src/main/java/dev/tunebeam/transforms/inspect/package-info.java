/**
 * Statistics of a corpus, merged in any order. Knows rows, examples and counters; no
 * recommendation.
 */
package dev.tunebeam.transforms.inspect;
