/** 128 bits of a prompt and of a whole example, which say what is equal. Knows examples. */
package dev.tunebeam.transforms.fingerprint;
