/**
 * What a row becomes: an example of messages, its task, and what counts as whitespace. Knows rows
 * and JSON text; no file format, no provider.
 */
package dev.tunebeam.transforms.example;
