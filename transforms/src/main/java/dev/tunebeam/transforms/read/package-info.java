/**
 * Files to rows: file patterns, formats, ranges; the transform and the list of formats. Knows every
 * format through {@code read.input}.
 */
package dev.tunebeam.transforms.read;
