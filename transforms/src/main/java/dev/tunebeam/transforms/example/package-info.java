/**
 * What a row becomes: an example of messages, and its task. Knows rows and JSON text; no file
 * format, no provider.
 */
package dev.tunebeam.transforms.example;
