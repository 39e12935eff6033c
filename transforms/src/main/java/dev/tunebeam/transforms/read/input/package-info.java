/**
 * What all formats share: files, compression, charsets, byte ranges, lines, and the interface of a
 * format. Knows rows; no format.
 */
package dev.tunebeam.transforms.read.input;
