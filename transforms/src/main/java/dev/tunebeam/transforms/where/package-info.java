/** Conditions on the fields of a row: the text of {@code where}, parsed. Knows rows; no file. */
package dev.tunebeam.transforms.where;
