/** Plain text to rows, one per line. Knows {@code read.input}; no other format. */
package dev.tunebeam.transforms.read.lines;
