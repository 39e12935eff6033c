/**
 * Training on local GPUs: generates trainer configs for the shards and runs a trainer. May use the
 * manifest, but no remote provider.
 */
package dev.tunebeam.launcher.local;
