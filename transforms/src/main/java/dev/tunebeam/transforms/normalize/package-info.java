/**
 * Rows to examples, as the recipe or the detected dialect says. Knows rows, examples, templates and
 * dialects.
 */
package dev.tunebeam.transforms.normalize;
