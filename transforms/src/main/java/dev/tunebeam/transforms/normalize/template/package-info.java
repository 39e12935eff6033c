/** Templates filled with the fields of a row. Knows rows and JSON; no dialect. */
package dev.tunebeam.transforms.normalize.template;
