/** Excel workbooks to rows. Knows {@code read.input}; no other format. */
package dev.tunebeam.transforms.read.xlsx;
