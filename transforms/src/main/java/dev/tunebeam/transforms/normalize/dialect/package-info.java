/**
 * The formats of conversations, pairs and preferences: detection and reading. Knows rows, examples
 * and templates. One package because detection decides between the formats that are read here.
 */
package dev.tunebeam.transforms.normalize.dialect;
