/**
 * The interface of a service that fine-tunes, and what all of them share. Knows HTTP and the
 * manifest; no provider by name.
 */
package dev.tunebeam.launcher.provider;
