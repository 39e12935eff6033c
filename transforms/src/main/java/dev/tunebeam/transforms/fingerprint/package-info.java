/** 128-bit fingerprints of a prompt and of a whole example, for equality. Knows examples. */
package dev.tunebeam.transforms.fingerprint;
