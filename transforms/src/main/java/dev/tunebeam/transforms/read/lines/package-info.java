/** Plain text to rows, a line each. Knows {@code read.input}; no other format. */
package dev.tunebeam.transforms.read.lines;
