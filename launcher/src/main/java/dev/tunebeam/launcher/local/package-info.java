/**
 * Training on one's own GPUs: configs over the shards, and a program that runs one. Knows the
 * manifest; no provider.
 */
package dev.tunebeam.launcher.local;
