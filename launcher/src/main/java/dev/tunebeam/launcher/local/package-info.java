/** Training on one's own GPUs: ready configs over the shards, and a program that runs one. */
@org.jspecify.annotations.NullMarked
package dev.tunebeam.launcher.local;
