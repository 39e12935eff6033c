/**
 * The example that a row becomes: messages, and the task. Knows rows and JSON text; no file format,
 * no provider.
 */
package dev.tunebeam.transforms.example;
