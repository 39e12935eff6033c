/** Excel workbooks to rows. Knows {@code read.input} and CSV's header rules; no other format. */
package dev.tunebeam.transforms.read.xlsx;
