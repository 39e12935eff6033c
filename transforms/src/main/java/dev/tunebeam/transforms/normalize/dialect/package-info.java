/**
 * The formats of conversations, pairs and preferences: detection and reading. Knows rows, examples
 * and templates.
 */
package dev.tunebeam.transforms.normalize.dialect;
