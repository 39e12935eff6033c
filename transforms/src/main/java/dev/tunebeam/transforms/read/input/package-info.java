/**
 * Shared by all formats: files, compression, encodings, byte ranges, lines, and the interface of a
 * format. Knows rows; no format.
 */
package dev.tunebeam.transforms.read.input;
