/**
 * Stratified split: which examples of each class go to validation. Knows signatures and counts by
 * class; no text.
 */
package dev.tunebeam.transforms.split;
