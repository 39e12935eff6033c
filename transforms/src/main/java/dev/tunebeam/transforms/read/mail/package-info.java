/** Mailboxes and single mails to rows. Knows {@code read.input}; no other format. */
package dev.tunebeam.transforms.read.mail;
