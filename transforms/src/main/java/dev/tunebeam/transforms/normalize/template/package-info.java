/** Fields of a row, filled into templates. Knows rows and JSON; no dialect. */
package dev.tunebeam.transforms.normalize.template;
