/** Mailboxes to rows, one per mail. Knows {@code read.input}; no other format. */
package dev.tunebeam.transforms.read.mail;
