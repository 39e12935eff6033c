/** JSON Lines and JSON documents to rows. Knows {@code read.input} and lines; no other format. */
package dev.tunebeam.transforms.read.json;
